/** One call for each entry of the table, against a sandbox: what answers, and what does not answer yet. */
import { type Endpoint, endpoints, filledParts, isListCall, openCaller, parametersOf } from '../../../src/api/index.ts';
import { ServiceError } from '../../../src/model/index.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';

/** What became of a call. `unserved`: the sandbox knows neither the path nor, at it, the method. */
export type Outcome = 'answered' | 'refused' | 'unserved' | 'not understood';

/** Codes for a path and for a method that there is not (platform-and-people.md 1.4). */
const unserved = [1004, 1006, 1010];

export const outcomeOf = async (call: Promise<unknown>): Promise<Outcome> => {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === undefined) return 'not understood';
    return unserved.includes(error.code) ? 'unserved' : 'refused';
  }
};

export const callerTo = (sandbox: Sandbox) =>
  openCaller({
    server: sandbox.url,
    accountsServer: sandbox.url,
    screenname: sandbox.screenname,
    credentials: { kind: 'token', accessToken: sandbox.accessToken },
    ratePerMinute: 0,
  });

const places: Readonly<Record<string, string>> = { module: 'visitors', email: 'anna@kreuzberg.test', view_id: '-1', thread_number: '1' };

const toTheEnd = async (pages: AsyncIterable<unknown>): Promise<number> => {
  let parts = 0;
  for await (const _page of pages) parts += 1;
  return parts;
};

/** Calls an entry with ids that nothing has, so that the portal stays as it is; a list is read to its end. */
export const callOnce = (caller: ReturnType<typeof callerTo>, endpoint: Endpoint): Promise<unknown> => {
  const parameters = parametersOf(endpoint.path).map((name) => places[name] ?? '17');
  const address = { method: endpoint.method, base: endpoint.base, parts: filledParts(endpoint, parameters), endpoint };
  const query = endpoint.name === 'webhooks.list' ? { type: 'data' } : {};
  if (isListCall(endpoint)) return toTheEnd(caller.pages(endpoint, address, query));
  const file = { name: 'receipt.txt', bytes: new TextEncoder().encode('1 coffee') };
  return caller.call(address, { query, ...(endpoint.contentType === 'json' ? { body: {} } : {}), ...(endpoint.contentType === 'multipart' ? { file } : {}) });
};

/** The outcome for every name of the table. */
export const outcomes = async (sandbox: Sandbox): Promise<ReadonlyMap<string, Outcome>> => {
  const caller = callerTo(sandbox);
  const found = new Map<string, Outcome>();
  for (const endpoint of endpoints) found.set(endpoint.name, await outcomeOf(callOnce(caller, endpoint)));
  caller.close();
  return found;
};
