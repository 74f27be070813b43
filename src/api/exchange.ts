/**
 * One HTTP exchange: the only file that speaks HTTP.
 *
 * The library's own repeats and redirects are off: the first know nothing of
 * answers that are errors with status 200, the second would carry the token to
 * another host. Its errors hold the headers and the form of the call, so none
 * of them leaves this file: they are turned into words.
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { got, RequestError } from 'got';
import type { Reply } from './envelope.ts';
import type { Timing } from './timing.ts';
import { plainText } from './verdict.ts';

/** A call as it goes over the wire. */
export interface WireCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Breaks the call off; only for what may be broken off. */
  readonly signal?: AbortSignal;
}

/** Why no whole answer came. */
export interface Failure {
  /** `the connection was refused`. */
  readonly reason: string;
  /** A connection stood, so the call may have arrived. */
  readonly reached: boolean;
  /** Asking again would end the same way. */
  readonly lasting: boolean;
}

export type Exchanged = { readonly type: 'reply'; readonly reply: Reply } | { readonly type: 'failure'; readonly failure: Failure };

export interface Exchange {
  /** Never throws. */
  readonly send: (call: WireCall) => Promise<Exchanged>;
  readonly close: () => void;
}

export interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly mostBytes: number;
  /** How long a connection may rest before it is given up. */
  readonly idleMs: number;
  /** Of this program, for the User-Agent header. */
  readonly version: string | undefined;
}

const mostSockets = 5;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection broke',
  ERR_BODY_PARSE_FAILURE: 'the answer could not be unpacked',
  Z_BUF_ERROR: 'the answer could not be unpacked',
  Z_DATA_ERROR: 'the answer could not be unpacked',
  ENOTFOUND: 'the name of the server is not known',
  EAI_AGAIN: 'the name of the server could not be looked up',
  EHOSTUNREACH: 'the server could not be reached',
  ENETUNREACH: 'the server could not be reached',
};

const isCertificateTrouble = (code: string): boolean => /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|EPROTO$)/.test(code);

const inBytes = (bytes: number): string => (bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${bytes} bytes`);

/** Seconds, or a date (RFC 9110 10.2.3); 0 for what is neither. */
const retryAfterMs = (header: string | undefined, now: number): number => {
  if (header === undefined) return 0;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
};

const locationOf = (header: string | undefined, from: URL): string => {
  if (header === undefined || !URL.canParse(header, from.href)) return '';
  const { host, pathname } = new URL(header, from.href);
  return plainText(`${host}${pathname}`);
};

/** Opens a few lasting connections. `close` ends them. */
export const openExchange = ({ timeoutMs, mostBytes, idleMs, version }: ExchangeOptions, timing: Timing): Exchange => {
  const agentOptions = { keepAlive: true, maxSockets: mostSockets, maxFreeSockets: mostSockets, timeout: idleMs };
  const agent = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) };
  const userAgent = version === undefined ? 'salesiq-sync' : `salesiq-sync/${version}`;

  const failureOf = (error: unknown, reached: boolean): Failure => {
    const code = error instanceof RequestError ? error.code : '';
    if (code === 'ETIMEDOUT' && reached) return { reason: `no answer came within ${timeoutMs / 1000} s`, reached, lasting: false };
    if (code === 'ETIMEDOUT') return { reason: `no connection came about within ${timeoutMs / 1000} s`, reached, lasting: false };
    if (isCertificateTrouble(code) && !reached) return { reason: `no encrypted connection came about (${code})`, reached, lasting: true };
    return { reason: reasons[code] ?? `the call failed (${/^\w+$/.test(code) ? code : 'without a code'})`, reached, lasting: false };
  };

  const send = async (call: WireCall): Promise<Exchanged> => {
    let reached = false;
    const large = new AbortController();
    const pending = got(call.url, {
      method: call.method,
      headers: { accept: 'application/json', ...call.headers, 'user-agent': userAgent },
      ...(call.body === undefined ? {} : { body: call.body }),
      agent,
      responseType: 'buffer',
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      timeout: { request: timeoutMs },
      signal: call.signal === undefined ? large.signal : AbortSignal.any([call.signal, large.signal]),
    });
    void pending.on('request', (request) => {
      request.once('socket', (socket) => {
        if (!socket.connecting) reached = true;
        else socket.once(call.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (reached = true));
      });
    });
    void pending.on('downloadProgress', ({ transferred }) => {
      if (transferred > mostBytes) large.abort();
    });
    try {
      const { statusCode, headers, rawBody } = await pending;
      return {
        type: 'reply',
        reply: {
          status: statusCode,
          body: rawBody,
          contentType: headers['content-type'] ?? '',
          retryAfterMs: retryAfterMs(headers['retry-after'], timing.now()),
          location: locationOf(headers.location, call.url),
        },
      };
    } catch (error) {
      if (large.signal.aborted)
        return { type: 'failure', failure: { reason: `the answer is larger than ${inBytes(mostBytes)}`, reached: true, lasting: true } };
      return { type: 'failure', failure: failureOf(error, reached) };
    }
  };

  return {
    send,
    close: () => {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
};
