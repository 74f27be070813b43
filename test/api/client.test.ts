/** The library's client, against a server that answers by script. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { endpoints, SalesIQ, type SalesIQClient } from '../../src/api/index.ts';
import { connectionTo, errorOf } from './support/portal.ts';
import { list, refusal, type Script, type ScriptedServer, startServer } from './support/server.ts';
import { jumpingClock } from './support/timing.ts';

const openClient = async (script: Script): Promise<{ readonly server: ScriptedServer; readonly client: SalesIQClient }> => {
  const server = await startServer(script);
  const client = SalesIQ(connectionTo(server), {}, { timing: jumpingClock() });
  onTestFinished(async () => {
    client.close();
    await server.close();
  });
  return { server, client };
};

const paramOf = (url: string, name: string): string | null => new URL(url, 'http://kreuzberg.test').searchParams.get(name);

const rows = (from: number, count: number): readonly { readonly id: string }[] => Array.from({ length: count }, (_, index) => ({ id: `id-${from + index}` }));

describe('a call of the client', () => {
  it('puts parameters, query and body into their places', async () => {
    const { server, client } = await openClient({ answers: [{ body: { object: 'webhook', data: { skipped: ['x'] }, sync_time: '7' } }] });
    const answer = await client.webhooks.executions.retry('46600017', { body: { ids: ['x', 'y'] } });
    expect(answer).toEqual({ object: 'webhook', data: { skipped: ['x'] }, envelope: { object: 'webhook', data: { skipped: ['x'] }, sync_time: '7' } });
    await client.webhooks.keys.delete('46600017', '1566');
    await client.operators.departments.remove('9', { query: { ids: ['3', '4'] } });
    await client.portals.setOwner({ body: { new_owner_id: '5' } });
    expect(server.calls.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/api/v2/kreuzberg/webhooks/46600017/executions', '{"ids":["x","y"]}'],
      ['DELETE', '/api/v2/kreuzberg/webhooks/46600017/keys/1566', ''],
      ['DELETE', '/api/v2/kreuzberg/operators/9/departments?ids=3%2C4', ''],
      ['PUT', '/api/v2/portals/kreuzberg/owner', '{"new_owner_id":"5"}'],
    ]);
  });

  it('reaches every family of paths', async () => {
    const { server, client } = await openClient({ answers: [{ body: { data: [] } }] });
    await client.encryptions.encrypt({ body: { type: 'siqidentifiers', values: ['anna'] } });
    await client.visitorApi.conversations.close('a1b2');
    await client.visitorApi.v1.conversations.create({ body: {} });
    await client.visitors.ofView('-1');
    await client.visitors.list({ query: { limit: 5 } });
    await client.webhooks.summary();
    expect(server.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v2/encryptions',
      'PUT /visitor/v2/kreuzberg/conversations/a1b2/close',
      'POST /api/visitor/v1/kreuzberg/conversations',
      'GET /api/v1/kreuzberg/visitorsview/-1/visitors',
      'GET /api/v3/kreuzberg/visitors?limit=5',
      'GET /api/v2/kreuzberg/webhooks?mode=meta',
    ]);
  });

  it('keeps a parameter in its part of the path, whatever is in it', async () => {
    const { server, client } = await openClient({ answers: [{ body: { data: {} } }] });
    await client.tags.update('../portals/x?y', { body: { name: 'VIP' } });
    expect(server.calls[0]?.url).toBe('/api/v2/kreuzberg/tags/..%2Fportals%2Fx%3Fy');
    for (const id of ['..', '', '\ud800']) expect((await errorOf(client.tags.delete(id))).method).toBe('DELETE');
    expect(server.calls).toHaveLength(1);
  });

  it('sends a file with the fields beside it', async () => {
    const { server, client } = await openClient({ answers: [{ body: '' }] });
    const file = { name: 'receipt.txt', bytes: new TextEncoder().encode('1 coffee'), type: 'text/plain' };
    expect(await client.conversations.messages.sendFile('77', { file, form: { comment: 'here it is' } })).toEqual({});
    const [seen] = server.calls;
    expect(seen?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen?.body).toContain('name="file"; filename="receipt.txt"\r\nContent-Type: text/plain\r\n\r\n1 coffee\r\n');
    expect(seen?.body).toContain('name="comment"\r\n\r\nhere it is\r\n');
  });

  it('takes a file where it asks for one, and an error where one comes instead', async () => {
    const sheet = Buffer.from([0x50, 0x4b, 3, 4, 0, 255]);
    const { server, client } = await openClient({
      answers: [
        { headers: { 'content-type': 'application/vnd.sealed.xlsx' }, body: sheet },
        refusal(1019, 'Invalid Resource'),
        { headers: { 'content-type': 'text/html' }, body: '<html>' },
      ],
    });
    const { file } = await client.webhooks.executions.export('9', { body: { ids: ['a'] } });
    expect(server.calls[0]?.headers['accept']).toBe('application/vnd.sealed.xlsx');
    expect(file?.type).toBe('application/vnd.sealed.xlsx');
    expect(Buffer.from(file?.bytes ?? [])).toEqual(sheet);
    expect((await errorOf(client.webhooks.executions.export('9', { body: { ids: ['a'] } }))).code).toBe(1019);
    expect((await errorOf(client.webhooks.executions.export('9', { body: { ids: ['a'] } }))).message).toContain('a web page');
  });

  it('is not repeated when it writes and no clear answer came', async () => {
    const { server, client } = await openClient({ answers: [{ breaks: 'reset' }] });
    expect(await errorOf(client.tags.create({ body: { name: 'VIP' } }))).toMatchObject({ unclear: true, method: 'POST', path: '/tags' });
    expect(server.calls).toHaveLength(1);
    expect((await errorOf(client.tags.list())).unclear).toBe(false);
    expect(server.calls).toHaveLength(5);
  });

  it('names the scope of the table where one is missing', async () => {
    const { client } = await openClient({ answers: [refusal(1009, 'Invalid OAuthScope.')] });
    expect((await errorOf(client.articles.categories.list())).hint).toContain('SalesIQ.articles.READ');
    expect((await errorOf(client.portals.get())).hint).toContain('SalesIQ.portals.READ');
    expect((await errorOf(client.visitors.ofView('-2'))).hint).toContain('SalesIQ.visitordetails.READ');
  });

  it('refuses what it cannot send, before anything is sent', async () => {
    const { server, client } = await openClient({ answers: [{ body: { data: {} } }] });
    const untyped: (...args: readonly unknown[]) => Promise<unknown> = Object.assign(client.tags.create);
    await expect(untyped({ name: 'VIP' })).rejects.toThrow('tags.create: there is no option name');
    await expect(untyped({ body: 'VIP' })).rejects.toThrow('body should be a mapping');
    await expect(untyped({}, {})).rejects.toThrow('more arguments');
    await expect(untyped({ query: { a: {} } })).rejects.toThrow('query parameter a');
    expect(server.calls).toEqual([]);
  });

  it('has a place for every entry of the table', async () => {
    const { client } = await openClient({ answers: [] });
    const at = (name: string) => name.split('.').reduce<unknown>((branch, part) => Object.entries(Object(branch)).find(([key]) => key === part)?.[1], client);
    expect(endpoints.filter(({ name }) => typeof at(name) !== 'function').map(({ name }) => name)).toEqual([]);
    expect(Object.keys(client.tags.list)).toEqual(['all', 'pages']);
  });
});

describe('a list that comes in parts', () => {
  it('by page: to the end, with what comes twice once', async () => {
    const total = 205;
    const { server, client } = await openClient({
      answers: [
        ({ url }) => {
          const limit = Number(paramOf(url, 'limit'));
          const from = (Number(paramOf(url, 'page')) - 1) * limit;
          // One more than asked for, where there is more (6.1).
          return list(...rows(from, Math.max(0, Math.min(limit + 1, total - from))));
        },
      ],
    });
    expect(await client.cannedResponses.list.all()).toEqual(rows(0, total));
    expect(server.calls.map(({ url }) => url.split('?')[1])).toEqual(['limit=99&page=1', 'limit=99&page=2', 'limit=99&page=3']);
  });

  it.each([
    ['batches from 1', (n: number, size: number) => (Math.max(n, 1) - 1) * size],
    ['batches from 0', (n: number, size: number) => n * size],
    ['entries from 1', (n: number) => Math.max(n, 1) - 1],
    ['entries from 0', (n: number) => n],
  ] as const)('by index, which counts %s', async (_name, place) => {
    for (const total of [0, 1, 19, 20, 21, 40, 61]) {
      const { client } = await openClient({
        answers: [
          ({ url }) => {
            const given = paramOf(url, 'index');
            const from = given === null ? 0 : place(Number(given), 20);
            return list(...rows(from, Math.max(0, Math.min(20, total - from))));
          },
        ],
      });
      expect(await client.operators.list.all(), String(total)).toEqual(rows(0, total));
    }
  });

  it('by index, where no limit is heeded', async () => {
    const { client } = await openClient({
      answers: [({ url }) => list(...rows((Number(paramOf(url, 'index') ?? 1) - 1) * 20, Number(paramOf(url, 'index') ?? 1) < 3 ? 20 : 7))],
    });
    expect(await client.articles.categories.list.all()).toHaveLength(47);
  });

  it('by a key in the answer', async () => {
    const { server, client } = await openClient({
      answers: [
        ({ url }) => {
          const key = Number(paramOf(url, 'startkey') ?? 0);
          return { body: { data: { visitorlist: rows(key, key < 200 ? 100 : 5), ...(key < 200 ? { startkey: String(key + 100) } : {}) } } };
        },
      ],
    });
    expect(await client.visitors.ofView.all('-1')).toEqual(rows(0, 205));
    expect(server.calls).toHaveLength(3);
  });

  it('by time, from the newest back, where several share one', async () => {
    const messages = Array.from({ length: 50 }, (_, index) => ({ id: `m-${index}`, time: String(1_790_000_000_000 - Math.floor(index / 3)) }));
    for (const within of ['before', 'up to'] as const) {
      const { client } = await openClient({
        answers: [
          ({ url }) => {
            const until = Number(paramOf(url, 'to_time'));
            return list(...messages.filter(({ time }) => (within === 'before' ? Number(time) < until : Number(time) <= until)).slice(0, 20));
          },
        ],
      });
      expect(await client.conversations.messages.list.all('7')).toEqual(messages);
    }
  });

  it('goes on for as long as the answer says that there is more', async () => {
    const { server, client } = await openClient({
      answers: [
        { body: { object: 'list', data: rows(0, 7), more_data_available: true } },
        { body: { object: 'list', data: rows(7, 99), more_data_available: false } },
      ],
    });
    expect(await client.conversations.list.all()).toHaveLength(106);
    expect(server.calls).toHaveLength(2);
  });

  it('gives a whole list as one part, wherever it stands in the answer', async () => {
    const { client } = await openClient({ answers: [{ body: { data: { route_to_all: 'enabled', rule_list: rows(0, 3) } } }] });
    const parts = [];
    for await (const part of client.visitorRoutingRules.list.pages()) parts.push(part);
    expect(parts).toEqual([rows(0, 3)]);
  });

  it('is an error where a part is not understood, and no short list', async () => {
    const { client } = await openClient({ answers: [list(...rows(0, 50)), { body: { object: 'list', data: {} } }] });
    const error = await errorOf(client.webhooks.executions.list.all('9'));
    expect(error).toMatchObject({ message: 'the answer was not understood: data should be a list', method: 'GET', path: '/webhooks/9/executions' });
  });
});
