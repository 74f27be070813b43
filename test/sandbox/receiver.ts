/** A receiver of webhooks: answers as it is told to and remembers what came. */
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly signature: string | undefined;
  readonly type: string | undefined;
  readonly raw: string;
}

export interface Receiver {
  readonly url: string;
  /** POSTs, in order of arrival. */
  readonly posts: () => readonly Received[];
  readonly heads: () => number;
}

/** @param answer the status of the n-th POST, from 0; undefined for none at all */
export const openReceiver = async (answer: (n: number) => number | undefined = () => 200): Promise<Receiver> => {
  const seen: Received[] = [];
  const posts = (): readonly Received[] => seen.filter(({ method }) => method === 'POST');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers['x-siqsignature'];
      seen.push({
        method: request.method ?? '',
        signature: typeof signature === 'string' ? signature : undefined,
        type: request.headers['content-type'],
        raw: Buffer.concat(chunks).toString('utf8'),
      });
      const status = request.method === 'HEAD' ? 200 : answer(posts().length - 1);
      if (status !== undefined) response.writeHead(status, status >= 300 && status < 400 ? { Location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/in`,
    posts,
    heads: () => seen.filter(({ method }) => method === 'HEAD').length,
  };
};
