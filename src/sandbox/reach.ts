/** Calls from the sandbox to receivers of webhooks: to this machine alone, unless `webhook-reach` says otherwise. */
import type { Switches } from './switches.ts';

export interface OutgoingCall {
  readonly url: string;
  readonly method: 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the call before its time. */
  readonly signal?: AbortSignal;
}

/** HTTP status, and 0 for a receiver that did not answer in time or at all; 200 for one that is out of reach. */
export const statusOf = async (call: OutgoingCall, switches: Switches): Promise<number> => {
  if (!isInReach(call.url, switches['webhook-reach'])) return 200;
  const limit = AbortSignal.timeout(switches['delivery-timeout']);
  try {
    const response = await fetch(call.url, {
      method: call.method,
      redirect: 'manual',
      signal: call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]),
      ...(call.headers === undefined ? {} : { headers: call.headers }),
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
};

const isInReach = (url: string, reach: Switches['webhook-reach']): boolean => {
  if (reach !== 'loopback') return reach === 'anywhere';
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
};
