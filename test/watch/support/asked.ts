/** A watch, asked from outside. */
import { createServer } from 'node:net';
import { expect } from 'vitest';

export type Line = Readonly<Record<string, unknown>>;

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port'))));
    });
  });

/** Each line of the output, which must all be JSON. */
export const linesOf = (text: string): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));

/** Asks until it holds. */
export const until = async (what: string, holds: () => Promise<boolean>, milliseconds = 40_000): Promise<void> => {
  for (const from = performance.now(); performance.now() - from < milliseconds; ) {
    if (await holds().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 40));
  }
  throw new Error(`waited in vain until ${what}`);
};

export interface Asked {
  readonly status: number;
  readonly text: string;
}

export const ask = async (port: number, path: string, method = 'GET'): Promise<Asked> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { status: response.status, text: await response.text() };
};

/** Metrics by their name with labels; each line must have the form of Prometheus. */
export const metricsAt = async (port: number): Promise<ReadonlyMap<string, number>> => {
  const { text } = await ask(port, '/metrics');
  const values = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(values.filter((line) => !/^[a-zA-Z_:][\w:]*(\{[^}]*\})? (-?[\d.e+-]+|NaN|[+-]Inf)$/.test(line))).toEqual([]);
  return new Map(values.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
};

/** Rounds of a portal that ended so. */
export const roundsAt = async (port: number, result: string, portal = 'production'): Promise<number> =>
  (await metricsAt(port)).get(`salesiq_sync_portal_rounds_total{portal="${portal}",result="${result}"}`) ?? 0;

export const readyAt = async (port: number): Promise<Line & { readonly status: number }> => {
  const { status, text } = await ask(port, '/readyz');
  return { ...JSON.parse(text), status };
};
