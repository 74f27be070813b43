import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runApply } from '../../src/commands/apply.ts';
import { runFailuresDelete, runFailuresExport, runFailuresList, runFailuresRetry } from '../../src/commands/webhook-failures.ts';
import { runKeysDelete, runKeysList, runKeysRotate } from '../../src/commands/webhook-keys.ts';
import { runWebhooksList, runWebhooksShow, runWebhooksSummary } from '../../src/commands/webhooks.ts';
import { verifyWebhookSignature } from '../../src/index.ts';
import { type PortalStage, withPortal } from './portal-stage.ts';

const url = 'https://hooks.kettle.test/salesiq';
const seed = (executions: readonly object[] = []) => ({
  apps: [{ name: 'Kettle & Leaf' }],
  webhooks: [
    { type: 'data', url, events: ['conversation.missed', 'conversation.rated'], apps: ['Kettle & Leaf'], secured: true, executions },
    { type: 'administration', url: 'https://hooks.kettle.test/staff', events: ['operator.created'] },
  ],
});

const failures = (count: number, more: (index: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    event: 'conversation.missed',
    ...more(index),
  }));

const all = { ids: [], choice: 'all', events: [], consent: 'given' } as const;
const chosen = (...ids: readonly string[]) => ({ ids, choice: 'ids', events: [], consent: 'given' }) as const;

/** Runs a command, and gives its exit code, its document and what it said. */
const document = async (portal: PortalStage, run: (terminal: ReturnType<PortalStage['open']>['terminal']) => Promise<number>, more = {}) => {
  const { terminal, printed, said } = portal.open(more);
  const code = await run(terminal);
  const json: Record<string, unknown> = JSON.parse(printed());
  return { code, said: said(), json };
};

const executionsOf = ({ sandbox }: PortalStage) => sandbox.state().webhooks[0]?.executions ?? [];
const calls = ({ sandbox }: PortalStage, method: string, part: string): number =>
  sandbox.requests().filter((request) => request.method === method && request.path.includes(part)).length;

describe('webhooks', () => {
  it('are listed, shown by address or id, and counted', async () => {
    await withPortal({ seed: seed(failures(3)) }, async (portal) => {
      const { options } = portal;
      const { json } = await document(portal, (terminal) => runWebhooksList(options, terminal));
      expect(json).toMatchObject({ portal: 'local', webhooks: [{ url, type: 'data', secured: true }, { type: 'administration' }] });
      const id = portal.sandbox.state().webhooks[0]?.id ?? '';
      for (const named of [url, id])
        expect((await document(portal, (terminal) => runWebhooksShow(named, options, terminal))).json).toMatchObject({
          webhook: { id, url, failures_count: 3, public_keys: [{}] },
        });
      expect((await document(portal, (terminal) => runWebhooksSummary(undefined, options, terminal))).json).toMatchObject({ summary: { data: '1' } });
      expect((await document(portal, (terminal) => runWebhooksSummary(url, options, terminal))).json).toMatchObject({ webhook: id, summary: { all: '3' } });
    });
  });

  it('are not guessed: one address of two is told with both ids', async () => {
    const twice = { ...seed(), webhooks: [...seed().webhooks, { ...seed().webhooks[0], type: 'administration', events: [], apps: [] }] };
    await withPortal({ seed: twice }, async ({ open, options, sandbox }) => {
      const ids = sandbox
        .state()
        .webhooks.filter((row) => row.url === url)
        .map(({ id }) => id);
      expect(ids).toHaveLength(2);
      await expect(runWebhooksShow(url, options, open().terminal)).rejects.toMatchObject({ hint: expect.stringContaining(ids[1] ?? '') });
      await expect(runWebhooksShow('https://nowhere.test', options, open().terminal)).rejects.toMatchObject({ hint: expect.stringContaining(url) });
    });
  });
});

describe('the keys of a webhook', () => {
  it('are rotated: the new one is shown, then the oldest goes', async () => {
    await withPortal({ seed: seed() }, async (portal) => {
      const before = portal.sandbox.state().webhooks[0]?.public_keys[0]?.id;
      const out = join(portal.dir, 'new.pem');
      const { code, json } = await document(portal, (terminal) => runKeysRotate(url, { ...portal.options, consent: 'given', waitSeconds: 0, out }, terminal));
      const left = portal.sandbox.state().webhooks[0]?.public_keys ?? [];
      expect(code).toBe(0);
      expect(json).toMatchObject({ removed: before, key: { id: left[0]?.id, pem: expect.stringContaining('BEGIN PUBLIC KEY') } });
      expect(left).toHaveLength(1);
      expect(await readFile(out, 'utf8')).toContain(left[0]?.key.slice(0, 60) ?? 'nothing');
    });
  });

  it('both stay where nobody says that receivers are ready, and it is said how to go on; a third is not asked for', async () => {
    await withPortal({ seed: seed() }, async (portal) => {
      const rotate = (confirm?: () => Promise<boolean>) =>
        document(portal, (terminal) => runKeysRotate(url, { ...portal.options, consent: 'given' }, terminal), confirm === undefined ? {} : { confirm });
      await expect(rotate()).rejects.toMatchObject({ hint: expect.stringContaining('--wait') });
      expect(portal.sandbox.state().webhooks[0]?.public_keys).toHaveLength(1);

      const stopped = await rotate(() => Promise.resolve(false));
      const keys = portal.sandbox.state().webhooks[0]?.public_keys ?? [];
      expect(stopped).toMatchObject({ code: 4, json: { removed: null, key: { pem: expect.stringContaining('BEGIN') } } });
      expect(keys).toHaveLength(2);
      expect(stopped.said).toContain(`webhooks keys delete ${portal.sandbox.state().webhooks[0]?.id} ${keys[0]?.id}`);

      await expect(rotate(() => Promise.resolve(true))).rejects.toThrow('two keys already');
      expect(calls(portal, 'POST', '/keys')).toBe(1);

      const deleted = await document(portal, (terminal) => runKeysDelete(url, keys[0]?.id ?? '', { ...portal.options, consent: 'given' }, terminal));
      expect(deleted.json).toMatchObject({ removed: keys[0]?.id });
      await expect(runKeysDelete(url, keys[1]?.id ?? '', { ...portal.options, consent: 'given' }, portal.open().terminal)).rejects.toThrow('only key');
      expect((await document(portal, (terminal) => runKeysList(url, portal.options, terminal))).json).toMatchObject({
        public_keys: [{ id: keys[1]?.id, signs: true }],
      });
    });
  });

  it('stay when the wait is interrupted', async () => {
    await withPortal({ seed: seed() }, async (portal) => {
      const stop = new AbortController();
      const sleep = (): Promise<void> => {
        stop.abort();
        return Promise.resolve();
      };
      const { code, said } = await document(portal, (terminal) => runKeysRotate(url, { ...portal.options, consent: 'given', waitSeconds: 600 }, terminal), {
        sleep,
        signal: stop.signal,
      });
      expect(code).toBe(130);
      expect(said).toContain('webhooks keys delete');
      expect(portal.sandbox.state().webhooks[0]?.public_keys).toHaveLength(2);
    });
  });
});

describe('failed executions', () => {
  it('are read to the end of their pages, and filtered', async () => {
    const rows = failures(120, (index) => (index % 2 === 0 ? {} : { event: 'conversation.rated' }));
    await withPortal({ seed: seed(rows) }, async (portal) => {
      const list = async (filter: object) =>
        (await document(portal, (terminal) => runFailuresList(url, { ...portal.options, events: [], ...filter }, terminal))).json['failures'];
      expect(await list({})).toHaveLength(120);
      expect(await list({ events: ['conversation.rated'] })).toHaveLength(60);
      expect(await list({ limit: 7 })).toHaveLength(7);
      expect(await list({ to: 1000 })).toHaveLength(0);
    });
  });

  it('are tried again in parts of 300, and those with 99 retries are told as skipped', async () => {
    const rows = failures(301, (index) => (index === 4 ? { number_of_retries: 99 } : {}));
    await withPortal({ seed: seed(rows) }, async (portal) => {
      const { code, json } = await document(portal, (terminal) => runFailuresRetry(url, { ...portal.options, ...all }, terminal));
      expect(code).toBe(0);
      expect(json).toMatchObject({ skipped: [rows[4]?.id] });
      expect(json['ids']).toHaveLength(301);
      expect(calls(portal, 'POST', '/executions')).toBe(2);
    });
  });

  it('are deleted, those that are meant and no others', async () => {
    const rows = failures(310, (index) => (index < 305 ? {} : { event: 'conversation.rated' }));
    await withPortal({ seed: seed(rows) }, async (portal) => {
      const { json } = await document(portal, (terminal) => runFailuresDelete(url, { ...portal.options, ...all, events: ['conversation.missed'] }, terminal));
      expect(json['ids']).toHaveLength(305);
      expect(executionsOf(portal).map(({ event }) => event)).toEqual(Array.from({ length: 5 }, () => 'conversation.rated'));
      const last = executionsOf(portal)[0]?.id ?? '';
      await document(portal, (terminal) => runFailuresDelete(url, { ...portal.options, ...chosen(last, last) }, terminal));
      expect(executionsOf(portal)).toHaveLength(4);
    });
  });

  it('are written by nobody who did not say yes', async () => {
    await withPortal({ seed: seed(failures(2)) }, async (portal) => {
      const { terminal, said } = portal.open();
      expect(await runFailuresDelete(url, { ...portal.options, ...all, consent: 'ask' }, terminal)).toBe(1);
      expect(said()).toContain('--auto-approve');
      expect(executionsOf(portal)).toHaveLength(2);
    });
  });

  it('are exported as workbooks with the header that tells it from a retry, and as JSON from the list', async () => {
    const rows = failures(301);
    await withPortal({ seed: seed(rows) }, async (portal) => {
      const out = join(portal.dir, 'failures.xlsx');
      const { json } = await document(portal, (terminal) => runFailuresExport(url, { ...portal.options, ...all, out }, terminal));
      expect(json).toMatchObject({ files: [out, join(portal.dir, 'failures-2.xlsx')] });
      expect(await readFile(out, 'utf8')).toContain(rows[0]?.id);
      expect(executionsOf(portal).every((row) => row.number_of_retries === 3)).toBe(true);
      const one = await document(portal, (terminal) => runFailuresExport(url, { ...portal.options, ...chosen(rows[2]?.id ?? '') }, terminal));
      expect(one.json).toMatchObject({ failures: [{ id: rows[2]?.id }] });
      expect(calls(portal, 'POST', '/executions')).toBe(2);
    });
  });

  it('must be named, or all be meant', async () => {
    await withPortal({ seed: seed() }, async ({ open, options }) => {
      await expect(runFailuresRetry(url, { ...options, ...chosen() }, open().terminal)).rejects.toThrow('no failed execution is named');
      await expect(runFailuresRetry(url, { ...options, ...all, ids: ['x'] }, open().terminal)).rejects.toThrow('cannot stand together');
      await expect(runFailuresRetry(url, { ...options, ...chosen('x'), from: 1 }, open().terminal)).rejects.toThrow('filters go with --all');
    });
  });
});

interface Came {
  readonly method: string;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** A receiver of the test's own, which keeps bytes and headers as they came. */
const withReceiver = async (work: (address: string, came: readonly Came[]) => Promise<void>): Promise<void> => {
  const came: Came[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const header = request.headers['x-siqsignature'];
      came.push({ method: request.method ?? '', signature: typeof header === 'string' ? header : undefined, body: Buffer.concat(parts) });
      response.end();
    });
  });
  await new Promise<void>((opened) => server.listen(0, '127.0.0.1', opened));
  const address: string | AddressInfo | null = server.address();
  try {
    await work(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/salesiq`, came);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe('a webhook that apply made', () => {
  it('sends a signed event to a receiver, and the signature fits it, but not with one byte changed', async () => {
    await withReceiver(async (address, came) => {
      const file = `webhooks:\n  - { url: '${address}', type: data, events: [conversation.created], apps: [Kettle & Leaf], secured: true }\n`;
      await withPortal(
        { seed: { apps: [{ name: 'Kettle & Leaf' }] }, switches: { 'webhook-probe': 'on' } },
        async (portal) => {
          const { options } = portal;
          const write = { ...options, base: 'none', drift: 'correct', consent: 'given', keepGoing: 'stop', settleSeconds: 5 } as const;
          expect(await runApply(write, portal.open().terminal)).toBe(0);
          expect(came.map(({ method }) => method)).toEqual(['HEAD']);

          const { json } = await document(portal, (terminal) => runKeysRotate(address, { ...options, consent: 'given', waitSeconds: 0 }, terminal));
          const { pem: publicKey }: { readonly pem: string } = Object.assign({ pem: '' }, json['key']);
          await portal.sandbox.emit('conversation.created').done;

          const { method, body, signature } = came.at(-1) ?? {};
          if (body === undefined) throw new Error('nothing came');
          expect(method).toBe('POST');
          expect(JSON.parse(body.toString('utf8'))).toMatchObject({ event: 'conversation.created', attempt: 1 });
          expect(verifyWebhookSignature({ body, signature, publicKey })).toBe(true);
          for (const at of [0, 10, body.length - 1]) {
            const changed = Buffer.from(body);
            changed[at] = (changed[at] ?? 0) ^ 1;
            expect(verifyWebhookSignature({ body: changed, signature, publicKey })).toBe(false);
          }
        },
        { 'webhooks.yaml': file },
      );
    });
  });
});
