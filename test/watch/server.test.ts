/** The pages by themselves. */
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openServer, type Server } from '../../src/watch/index.ts';

const withServer = async (
  work: (server: Server, faults: readonly unknown[]) => Promise<void>,
  slow: () => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const faults: unknown[] = [];
  const page = (text: string) => ({ status: 200, type: 'text/plain', text });
  const server = await openServer({
    host: '127.0.0.1',
    port: 0,
    pages: {
      '/a': () => page('harbour'),
      '/slow': async () => {
        await slow();
        return page('late');
      },
      '/broken': () => {
        throw new Error('secret words');
      },
    },
    onFault: (error) => faults.push(error),
  });
  try {
    await work(server, faults);
  } finally {
    await server.close();
  }
};

describe('the port of a watch', () => {
  it('has pages for GET and HEAD, whatever query stands behind them', async () => {
    await withServer(async ({ url }) => {
      expect(await (await fetch(`${url}/a?b=/c`)).text()).toBe('harbour');
      const head = await fetch(`${url}/a`, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
      const post = await fetch(`${url}/a`, { method: 'POST', body: 'x'.repeat(100_000) });
      expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      for (const path of ['/', '/a/', '/toString', '/__proto__', '//a']) expect((await fetch(`${url}${path}`)).status).toBe(404);
    });
  });

  it('does not show why a page could not be made', async () => {
    await withServer(async ({ url }, faults) => {
      const answer = await fetch(`${url}/broken`);
      expect([answer.status, await answer.text()]).toEqual([500, 'This page could not be made.\n']);
      expect(faults).toEqual([expect.objectContaining({ message: 'secret words' })]);
    });
  });

  it('finishes what is being answered when it closes, and drops who says nothing', async () => {
    let go = (): void => undefined;
    const gone = new Promise<void>((done) => {
      go = done;
    });
    await withServer(
      async (server) => {
        const { port } = new URL(server.url);
        const silent = connect(Number(port), '127.0.0.1');
        await new Promise((done) => silent.once('connect', done));
        const answer = fetch(`${server.url}/slow`);
        await new Promise((done) => setTimeout(done, 50));
        const closed = server.close();
        go();
        expect(await (await answer).text()).toBe('late');
        await closed;
        await expect(fetch(`${server.url}/a`)).rejects.toThrow();
      },
      () => gone,
    );
  });

  it('says what to do where the port is taken', async () => {
    await withServer(async ({ url }) => {
      const port = Number(new URL(url).port);
      await expect(openServer({ host: '127.0.0.1', port, pages: {}, onFault: () => undefined })).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining(`127.0.0.1:${port} cannot be listened at`),
        hint: expect.stringContaining('--listen'),
      });
    });
  });
});
