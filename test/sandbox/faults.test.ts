/** Faults: which requests they hit, what then happens on the wire and in the portal, and how they are written. */
import { describe, expect, it } from 'vitest';
import { type Fault, parseFault } from '../../src/sandbox/index.ts';
import { acme, type Client, codeOf, columnAt, criteria, start } from './client.ts';

const faulty = (...faults: readonly Fault[]): Promise<Client> => start({ seed: acme, faults });
const newRule = { title: 'New', and_criteria: criteria() };
const countOf = ({ sandbox }: Client): number => sandbox.state().visitor_routing_rules.length;

/** Codes of so many equal requests. */
const codes = async (count: number, ask: () => Promise<unknown>): Promise<readonly unknown[]> => {
  const seen: unknown[] = [];
  for (let index = 0; index < count; index += 1) seen.push(await ask());
  return seen;
};

describe('a fault', () => {
  it('hits the requests it names by method, path and number', async () => {
    const client = await faulty({ match: { method: 'POST', path: '/visitorroutingrules', nth: 2 }, effect: { kind: 'error', code: 1001 } });
    expect(codeOf(await client.get('/visitorroutingrules'))).toBeUndefined();
    expect(codeOf(await client.post('/chatroutingrules', newRule))).toBeUndefined();
    expect(await codes(3, async () => codeOf(await client.post('/visitorroutingrules', newRule)))).toEqual([undefined, 1001, undefined]);
    expect(countOf(client)).toBe(5);
  });

  it('counts a run of requests, and WRITE means all but GET', async () => {
    const client = await faulty({ match: { method: 'WRITE', nth: [2, 3] }, effect: { kind: 'error', code: 1017 } });
    const ask = async (): Promise<unknown> => [
      codeOf(await client.get('/apps')),
      codeOf(await client.put('/visitorroutingrules/commonrule', { route_to_all: 'enabled' })),
    ];
    expect(await codes(4, ask)).toEqual([
      [undefined, undefined],
      [undefined, 1017],
      [undefined, 1017],
      [undefined, undefined],
    ]);
  });

  it('matches a path from its beginning, at slashes, with stars for segments and $ for the end', async () => {
    const hits = async (path: string, wanted: string): Promise<boolean> =>
      codeOf(await (await faulty({ match: { path }, effect: { kind: 'error', code: 1031 } })).get(wanted)) === 1031;
    expect(await hits('/webhooks', '/webhooks/5/executions')).toBe(true);
    expect(await hits('/web', '/webhooks')).toBe(false);
    expect(await hits('/webhooks/*', '/webhooks')).toBe(false);
    expect(await hits('/webhooks/*/executions', '/webhooks/5/executions')).toBe(true);
    expect(await hits('/webhooks$', '/webhooks/5')).toBe(false);
    expect(await hits('/webhooks$', '/webhooks?mode=meta')).toBe(true);
    expect(await hits('/api/v2/acme/apps', '/apps')).toBe(true);
  });

  it('reaches the accounts server as well', async () => {
    const { raw } = await faulty({ match: { path: '/oauth/v2/token' }, effect: { kind: 'status', status: 503 } });
    expect((await raw('/oauth/v2/token', { method: 'POST' })).status).toBe(503);
  });

  it('happens by chance, the same at every start with one seed', async () => {
    const run = async (random: number): Promise<string> => {
      const client = await start({ seed: acme, random, faults: [{ probability: 0.5, effect: { kind: 'error', code: 1001 } }] });
      return (await codes(30, async () => (codeOf(await client.get('/apps')) === 1001 ? 'x' : '-'))).join('');
    };
    const first = await run(7);
    expect(await run(7)).toBe(first);
    expect(await run(8)).not.toBe(first);
    expect(first).toMatch(/x.*-|-.*x/);
  });

  it('yields to an earlier one, and counts all the same', async () => {
    const client = await faulty(
      { match: { nth: 1 }, effect: { kind: 'error', code: 1016 } },
      { match: { nth: [1, 2] }, effect: { kind: 'error', code: 1017 } },
    );
    expect(await codes(3, async () => codeOf(await client.get('/apps')))).toEqual([1016, 1017, undefined]);
  });

  it('stops after so many hits, and setFaults starts afresh', async () => {
    const fault: Fault = { times: 2, effect: { kind: 'error', code: 1001 } };
    const client = await faulty(fault);
    const ask = async (): Promise<unknown> => codeOf(await client.get('/apps'));
    expect(await codes(3, ask)).toEqual([1001, 1001, undefined]);
    client.sandbox.setFaults([fault]);
    expect(await codes(3, ask)).toEqual([1001, 1001, undefined]);
  });
});

describe('effects', () => {
  it('reset the connection before anything is done, or after all is done', async () => {
    const client = await faulty({ effect: { kind: 'reset', when: 'before' } });
    await expect(client.post('/visitorroutingrules', newRule)).rejects.toThrow();
    expect(countOf(client)).toBe(3);
    client.sandbox.setFaults([{ effect: { kind: 'reset', when: 'after' } }]);
    await expect(client.post('/visitorroutingrules', newRule)).rejects.toThrow();
    expect(countOf(client)).toBe(4);
    expect(client.sandbox.requests().map(({ status, code }) => [status, code])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
  });

  it('cut the answer short after the work is done', async () => {
    const client = await faulty({ effect: { kind: 'cut-body' } });
    const response = await fetch(`${client.sandbox.url}/api/v2/acme/visitorroutingrules`, {
      method: 'POST',
      headers: { Authorization: `Zoho-oauthtoken ${client.sandbox.accessToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(newRule),
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(countOf(client)).toBe(4);
  });

  it('answer with statuses, pages and redirects, nothing done', async () => {
    const client = await faulty({ effect: { kind: 'status', status: 502 } });
    expect((await client.post('/visitorroutingrules', newRule)).status).toBe(502);
    client.sandbox.setFaults([{ effect: { kind: 'html' } }]);
    const page = await client.post('/visitorroutingrules', newRule);
    expect([page.status, page.headers.get('content-type'), page.text.startsWith('<!DOCTYPE html>')]).toEqual([200, 'text/html', true]);
    client.sandbox.setFaults([{ effect: { kind: 'redirect', location: 'http://127.0.0.1:9/else' } }]);
    const redirected = await client.post('/visitorroutingrules', newRule);
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/else']);
    expect(countOf(client)).toBe(3);
  });

  it('wait, and then do as usual or worse', async () => {
    const client = await faulty({ effect: { kind: 'delay', ms: 60 } });
    const begin = performance.now();
    expect(codeOf(await client.get('/apps'))).toBeUndefined();
    expect(performance.now() - begin).toBeGreaterThan(50);
    client.sandbox.setFaults([{ effect: { kind: 'delay', ms: 1, then: { kind: 'error', code: 1001 } } }]);
    expect(codeOf(await client.get('/apps'))).toBe(1001);
  });

  it('lock the address for a number of requests or for a time', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ seed: acme, now: () => now, faults: [{ times: 1, effect: { kind: 'lock', requests: 3 } }] });
    expect(await codes(4, async () => codeOf(await client.get('/apps')))).toEqual([1023, 1023, 1023, undefined]);
    client.sandbox.setFaults([{ times: 1, effect: { kind: 'lock', ms: 500 } }]);
    expect(await codes(2, async () => codeOf(await client.get('/departments')))).toEqual([1023, 1023]);
    now += 500;
    expect(codeOf(await client.get('/apps'))).toBeUndefined();
  });

  it('hide a write from lists of its resource, not from its details, for a time', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ seed: acme, now: () => now, faults: [{ match: { method: 'WRITE', nth: 1 }, effect: { kind: 'list-lag', ms: 800 } }] });
    const titles = async (path: string): Promise<readonly unknown[]> => columnAt((await client.get(path)).json, 'title', 'data', 'rule_list');
    const made = await client.post('/chatroutingrules', newRule);
    expect(codeOf(made)).toBeUndefined();
    const id = client.sandbox.state().chat_routing_rules[1]?.id;
    expect((await client.get(`/chatroutingrules/${id}`)).json).toMatchObject({ data: { title: 'New' } });
    await client.post('/visitorroutingrules', newRule);
    expect(await titles('/visitorroutingrules')).toHaveLength(4);
    now += 799;
    expect(await titles('/chatroutingrules')).toEqual(['Sale']);
    now += 1;
    expect(await titles('/chatroutingrules')).toEqual(['Sale', 'New']);
  });
});

describe('rate-limit', () => {
  it('turns away what is too much for a minute, with 429 where statuses are real', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ seed: acme, now: () => now, switches: { 'rate-limit': 3, statuses: 'real' } });
    const ask = async (): Promise<unknown> => {
      now += 1000;
      const seen = await client.get('/apps');
      return [seen.status, codeOf(seen), seen.headers.get('retry-after')];
    };
    const passed = [200, undefined, null];
    expect(await codes(5, ask)).toEqual([passed, passed, passed, [429, 1023, '57'], [429, 1023, '56']]);
    now += 60_000;
    expect(await ask()).toEqual(passed);
  });
});

describe('the text of a fault', () => {
  it('says the same as its value', () => {
    const pairs: readonly (readonly [string, Fault])[] = [
      [
        'reset-after:POST /visitorroutingrules:nth=2',
        { match: { method: 'POST', path: '/visitorroutingrules', nth: 2 }, effect: { kind: 'reset', when: 'after' } },
      ],
      ['error=1023:ANY:p=0.1', { probability: 0.1, effect: { kind: 'error', code: 1023 } }],
      [
        'delay=200+status=503:GET /webhooks:times=3',
        { match: { method: 'GET', path: '/webhooks' }, times: 3, effect: { kind: 'delay', ms: 200, then: { kind: 'status', status: 503 } } },
      ],
      ['lock=10:PUT /triggerrules/*', { match: { method: 'PUT', path: '/triggerrules/*' }, effect: { kind: 'lock', requests: 10 } }],
      ['lock=300ms:WRITE', { match: { method: 'WRITE' }, effect: { kind: 'lock', ms: 300 } }],
      ['list-lag=2000:POST', { match: { method: 'POST' }, effect: { kind: 'list-lag', ms: 2000 } }],
      [
        'redirect=http://127.0.0.1:9/else:GET /apps$:nth=2-4',
        { match: { method: 'GET', path: '/apps$', nth: [2, 4] }, effect: { kind: 'redirect', location: 'http://127.0.0.1:9/else' } },
      ],
      ['html', { effect: { kind: 'html' } }],
      ['cut-body:nth=1', { match: { nth: 1 }, effect: { kind: 'cut-body' } }],
      ['delay=5', { effect: { kind: 'delay', ms: 5 } }],
    ];
    for (const [text, fault] of pairs) expect([text, parseFault(text)]).toEqual([text, { value: fault }]);
  });

  it('is refused with an example when it makes no sense', () => {
    for (const text of ['', 'explode', 'error', 'error=high', 'reset-after=3', 'delay=x', 'delay=5+nothing', 'redirect=nowhere', 'html:FETCH /apps', 'lock=']) {
      expect([text, parseFault(text)]).toEqual([text, { error: expect.stringContaining('reset-after:POST') }]);
    }
    for (const text of ['html:nth=0', 'html:p=2', 'html:often=3'])
      expect([text, parseFault(text)]).toEqual([text, { error: expect.stringContaining('nth=N') }]);
  });
});
