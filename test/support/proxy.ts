/** A service that answers like the sandbox behind it, but for what a test twists. */
import { createServer } from 'node:http';

export interface ProxyAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param path with its query, below `/api/v2/{screenname}` */
export type Twist = (method: string, path: string, answer: ProxyAnswer) => ProxyAnswer;

export interface Proxy {
  readonly url: string;
  /** Method and path of everything that was asked. */
  readonly asked: readonly { readonly method: string; readonly path: string; readonly authorization: string | undefined }[];
  readonly close: () => Promise<void>;
}

const portOf = (address: unknown): number => {
  if (typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number') return address.port;
  throw new Error('no port');
};

/** @param memory answers to GET, kept from one proxy to the next: for portals that nobody changes */
export const openProxy = async (behind: string, twist: Twist, memory?: Map<string, ProxyAnswer>): Promise<Proxy> => {
  const asked: { method: string; path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.method ?? 'GET';
      const whole = request.url ?? '/';
      const path = whole.replace(/^\/api\/v2\/[^/]+/, '');
      const { authorization } = request.headers;
      asked.push({ method, path, authorization });
      const body = Buffer.concat(chunks);
      const ask = async (): Promise<ProxyAnswer> => {
        const known = method === 'GET' ? memory?.get(whole) : undefined;
        if (known !== undefined) return known;
        const type = request.headers['content-type'];
        const headers = { ...(authorization === undefined ? {} : { authorization }), ...(type === undefined ? {} : { 'content-type': type }) };
        const real = await fetch(behind + whole, { method, headers, ...(body.length === 0 ? {} : { body }) });
        const answer = { status: real.status, type: real.headers.get('content-type') ?? 'application/json', text: await real.text() };
        if (method === 'GET') memory?.set(whole, answer);
        return answer;
      };
      void ask()
        .then((answer) => twist(method, path, answer))
        .then((answer) => {
          response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers });
          response.end(answer.text);
        })
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};
