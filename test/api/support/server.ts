/** A real server on the loopback address that answers by script and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Seen {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Reaction {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go out as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Milliseconds before the answer. */
  readonly after?: number;
  /** `reset`: the connection is torn down unanswered; `cut`: in the middle of the body. */
  readonly breaks?: 'reset' | 'cut';
}

export interface Script {
  /** Answers to API calls in turn; the last stays. A function sees the call. */
  readonly answers: readonly (Reaction | ((seen: Seen) => Reaction))[];
  /** The same for POST /oauth/v2/token. Default: tokens `at-1`, `at-2` … that live an hour. */
  readonly tokens?: readonly (Reaction | ((seen: Seen) => Reaction))[];
}

export interface ScriptedServer {
  readonly address: string;
  /** API calls in the order in which they came. */
  readonly calls: readonly Seen[];
  readonly tokenCalls: readonly Seen[];
  /** The largest number of API calls that were open at one time. */
  readonly mostAtOnce: () => number;
  /** How many connections were made to it. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

const send = (response: ServerResponse, { status = 200, headers = {}, body, breaks }: Reaction): void => {
  if (breaks === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes =
    body === undefined ? Buffer.alloc(0) : typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const type = typeof body === 'string' || body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...(status === 204 ? {} : { 'content-length': String(bytes.length) }), ...headers });
  if (breaks === 'cut') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    setTimeout(() => response.socket?.resetAndDestroy(), 10);
    return;
  }
  response.end(bytes);
};

/** A list as the service sends it. */
export const list = (...data: readonly unknown[]): Reaction => ({ body: { url: '/api/v2/kreuzberg/webhooks', object: 'list', data } });

/** An error as the service sends it, with HTTP 200. */
export const refusal = (code: number | string, message: string, more: Readonly<Record<string, string>> = {}): Reaction => ({
  body: { error: { code, message, ...more } },
});

export const startServer = async (script: Script): Promise<ScriptedServer> => {
  const calls: Seen[] = [];
  const tokenCalls: Seen[] = [];
  let open = 0;
  let most = 0;
  const reactionTo = (steps: Script['answers'], index: number, seen: Seen): Reaction => {
    const step = steps[Math.min(index, steps.length - 1)] ?? {};
    return typeof step === 'function' ? step(seen) : step;
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.on('error', () => {});
    const toApi = request.url !== '/oauth/v2/token';
    if (toApi) {
      open += 1;
      most = Math.max(most, open);
    }
    const seen: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: await readBody(request) };
    const to = toApi ? calls : tokenCalls;
    to.push(seen);
    const fresh: Reaction = { body: { access_token: `at-${to.length}`, api_domain: 'https://www.zohoapis.test', token_type: 'Bearer', expires_in: 3600 } };
    const reaction = reactionTo(toApi ? script.answers : (script.tokens ?? [fresh]), to.length - 1, seen);
    if (reaction.after !== undefined) await new Promise((resolve) => setTimeout(resolve, reaction.after));
    if (toApi) open -= 1;
    send(response, reaction);
  };
  // A caller that went away in the middle is none of the script's business.
  const server = createServer((request, response) => void respond(request, response).catch(() => response.destroy()));
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${at.port}`,
    calls,
    tokenCalls,
    mostAtOnce: () => most,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
