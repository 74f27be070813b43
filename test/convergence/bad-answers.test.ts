/** An answer that is not understood is an error with its call, never an empty list; and nothing is written after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { applyAgainst, openClock, recipeFrom } from '../support/harness.ts';
import { openProxy, type Proxy, type ProxyAnswer } from '../support/proxy.ts';

/** Every kind once, each with something to do. */
const files = {
  project: {
    path: 'salesiq.yaml',
    text: 'version: 1\nportals: { production: { screenname: harbour, data_center: eu } }\nkinds: { lead_scoring_rules: { unmanaged: delete }, webhooks: { unmanaged: delete }, visitor_routing_rules: { unmanaged: delete } }\n',
  },
  files: [
    {
      path: 'all.yaml',
      text: `
visitor_routing_rules:
  - { title: Norway, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Norway] }], route: { type: route_to_selected_users, operators: [ben@harbour.test], departments: [Oslo] } }
chat_routing_rules:
  - { title: Sale, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Chile] }], route: { type: route_to_selected_users, operators: [ben@harbour.test] } }
trigger_rules:
  - { title: Invite, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Chile] }], event: { type: lands_on_website }, action: { type: glow_button } }
lead_scoring_rules:
  - { key: safari, points: 56, when: [{ field: browser, comparator: is_equal_to, values: [apple_safari] }] }
lead_score_decay: { frequency: yearly }
visitor_routing_default: { route_to_all: false }
webhooks:
  - { type: data, url: "https://hooks.harbour.test/a", events: [conversation.created], apps: [Harbour shop] }
`,
    },
  ],
};
const criteria = [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Japan'] }] }];
const seed = {
  screenname: 'harbour',
  apps: [{ name: 'Harbour shop' }],
  departments: [{ name: 'Oslo' }],
  operators: [{ email: 'ben@harbour.test' }],
  visitor_routing_rules: [{ title: 'Old', app: 'Harbour shop', and_criteria: criteria }],
  chat_routing_rules: [{ title: 'Sale', app: 'Harbour shop', and_criteria: criteria }],
  trigger_rules: [
    { title: 'Other', app: 'Harbour shop', and_criteria: criteria, event: { type: 'lands_on_website' }, action: { type: 'glow_button', params: {} } },
  ],
  lead_scoring_rules: [{ points: 7, AND_criteria: [{ OR_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Japan'] }] }] }],
  lead_score_config: { frequency: 'monthly' },
  route_to_all: 'enabled',
  webhooks: [
    { type: 'data', url: 'https://hooks.harbour.test/old', events: ['conversation.missed'] },
    { type: 'administration', url: 'https://hooks.harbour.test/old', events: ['tag.deleted'] },
  ],
};

const ruleLists = ['/visitorroutingrules', '/chatroutingrules', '/triggerrules', '/leadscorerules'];
const plainLists = ['/webhooks?type=data', '/webhooks?type=administration', '/apps', '/departments?index=1', '/operators?index=1'];
const singles = ['/leadscoreconfigs', '/visitorroutingrules/commonrule'];
const everyList = [...ruleLists, ...plainLists, ...singles];

type Body = Record<string, unknown>;
const json = (answer: ProxyAnswer, change: (body: Body) => unknown): ProxyAnswer => {
  const body: Body = JSON.parse(answer.text) as Body;
  return { ...answer, text: JSON.stringify(change(body)) };
};

const withList = (path: string, body: Body, change: (list: unknown) => unknown): Body =>
  ruleLists.includes(path)
    ? { ...body, data: { ...(body['data'] as Body), rule_list: change((body['data'] as Body)['rule_list']) } }
    : { ...body, data: change(body['data']) };
const withEntry = (path: string, body: Body, change: (entry: Body) => unknown): Body =>
  withList(path, body, (list) => (Array.isArray(list) ? list.map((entry) => change(entry as Body)) : list));
const without = (entry: Body, key: string): Body => Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key));

const anywhere: Readonly<Record<string, (answer: ProxyAnswer, path: string) => ProxyAnswer>> = {
  'a page of HTML': (answer) => ({ ...answer, type: 'text/html', text: '<!DOCTYPE html><html><body>Please log in</body></html>' }),
  'HTML that says it is JSON': (answer) => ({ ...answer, text: '<html></html>' }),
  'JSON that was cut': (answer) => ({ ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) }),
  'an empty body': (answer) => ({ ...answer, text: '' }),
  'a list without its envelope': (answer) => json(answer, () => []),
  'an envelope without data': (answer) => json(answer, (body) => without(body, 'data')),
  'data that is nothing': (answer) => json(answer, (body) => ({ ...body, data: null })),
  'data that is text': (answer) => json(answer, (body) => ({ ...body, data: 'none' })),
  'HTTP 503': () => ({ status: 503, type: 'text/plain', text: 'busy' }),
  'an error of the service': (answer) => ({ ...answer, text: '{"error":{"code":1009,"message":"Invalid OAuthScope."}}' }),
};

const inLists: Readonly<Record<string, (answer: ProxyAnswer, path: string) => ProxyAnswer>> = {
  'data that is an empty mapping': (answer) => json(answer, (body) => ({ ...body, data: {} })),
  'a mapping in place of the list': (answer, path) => json(answer, (body) => withList(path, body, () => ({}))),
  'nothing in place of the list': (answer, path) => json(answer, (body) => withList(path, body, () => null)),
  'texts in place of entries': (answer, path) => json(answer, (body) => withList(path, body, () => ['one'])),
  'entries without an id': (answer, path) => json(answer, (body) => withEntry(path, body, (entry) => without(entry, 'id'))),
  'ids that are lists': (answer, path) => json(answer, (body) => withEntry(path, body, (entry) => ({ ...entry, id: [entry['id']] }))),
  'an entry twice': (answer, path) => json(answer, (body) => withList(path, body, (list) => (Array.isArray(list) ? [...list, ...list] : list))),
};

const ofKinds: readonly (readonly [string, readonly string[], string, unknown])[] = [
  ['a title that is a list', ruleLists.slice(0, 3), 'title', ['Old']],
  ['no title', ruleLists.slice(0, 3), 'title', undefined],
  ['a position that is a word', ruleLists.slice(0, 3), 'position', 'first'],
  ['no position', ruleLists.slice(0, 3), 'position', undefined],
  ['an app that is text', ruleLists.slice(0, 3), 'app', 'Harbour shop'],
  ['an on/off state that is neither', ruleLists.slice(0, 3), 'enabled', 'perhaps'],
  ['criteria that are text', ruleLists.slice(0, 3), 'and_criteria', 'country'],
  ['no criteria', ruleLists.slice(0, 3), 'and_criteria', undefined],
  ['criteria without their groups', ['/leadscorerules'], 'AND_criteria', [{}]],
  ['points that are a word', ['/leadscorerules'], 'points', 'many'],
  ['a status that is neither', ['/leadscorerules'], 'status', 'perhaps'],
  ['a url that is nothing', ['/webhooks?type=data'], 'url', null],
  ['events that are text', ['/webhooks?type=data'], 'events', 'all'],
  ['a name that is a mapping', ['/apps', '/departments?index=1'], 'name', {}],
  ['an address that is nothing', ['/operators?index=1'], 'email_id', null],
];

describe('answers that are not understood', () => {
  const recipe = recipeFrom(files);
  const memory = new Map<string, ProxyAnswer>();
  let twisted: { readonly path: string; readonly twist: (answer: ProxyAnswer, path: string) => ProxyAnswer } | undefined;
  let sandbox: Sandbox | undefined;
  let proxy: Proxy | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed });
    proxy = await openProxy(sandbox.url, (method, path, answer) => (method === 'GET' && path === twisted?.path ? twisted.twist(answer, path) : answer), memory);
  });
  afterAll(async () => {
    await proxy?.close();
    await sandbox?.close();
  });

  /** What apply says to a portal of which one list answers otherwise, and what it wrote. */
  const failureOf = async (path: string, twist: (answer: ProxyAnswer, path: string) => ProxyAnswer) => {
    if (sandbox === undefined || proxy === undefined) throw new Error('no portal');
    twisted = { path, twist };
    const before = proxy.asked.length;
    const door = { url: proxy.url, screenname: sandbox.screenname, accessToken: sandbox.accessToken };
    const error = await applyAgainst(door, recipe, openClock()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { error, written: proxy.asked.slice(before).filter(({ method }) => method !== 'GET') };
  };

  const check = async (path: string, twist: (answer: ProxyAnswer, path: string) => ProxyAnswer): Promise<void> => {
    const { error, written } = await failureOf(path, twist);
    expect({ path, written }).toEqual({ path, written: [] });
    expect(error).toBeInstanceOf(ServiceError);
    if (!(error instanceof ServiceError)) return;
    expect(error.method).toBe('GET');
    expect(error.path).toContain(path.split('?')[0]);
  };

  for (const [what, twist] of Object.entries(anywhere)) {
    it(`takes ${what} for an error, whichever list it stands for`, async () => {
      for (const path of everyList) await check(path, twist);
    });
  }

  for (const [what, twist] of Object.entries(inLists)) {
    it(`takes ${what} for an error, whichever list it stands in`, async () => {
      // What comes in pages may overlap.
      const lists = what === 'an entry twice' ? [...ruleLists, ...plainLists.slice(0, 3)] : [...ruleLists, ...plainLists];
      for (const path of lists) await check(path, twist);
    });
  }

  it.each(ofKinds)('takes %s for an error (%s)', async (_what, paths, key, value) => {
    for (const path of paths)
      await check(path, (answer) =>
        json(answer, (body) => withEntry(path, body, (entry) => (value === undefined ? without(entry, key) : { ...entry, [key]: value }))),
      );
  });

  it('takes a common rule that is neither on nor off, and decay without a word, for errors', async () => {
    await check('/visitorroutingrules/commonrule', (answer) => json(answer, (body) => ({ ...body, data: { route_to_all: 'perhaps' } })));
    await check('/leadscoreconfigs', (answer) => json(answer, (body) => ({ ...body, data: { percentage: '25' } })));
  });

  it('does not follow a redirect, and sends its token nowhere else', async () => {
    if (sandbox === undefined) throw new Error('no sandbox');
    const elsewhere = await openProxy(sandbox.url, (_method, _path, answer) => answer);
    const { error } = await failureOf('/apps', () => ({
      status: 302,
      type: 'text/plain',
      text: '',
      headers: { location: `${elsewhere.url}/api/v2/harbour/apps` },
    }));
    expect(error instanceof ServiceError ? error.message : '').toContain('redirect');
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });

  it('has something to write in every kind while every answer is understood', async () => {
    memory.clear();
    const { error, written } = await failureOf('/nowhere', (answer) => answer);
    expect(error).toBeUndefined();
    expect(new Set(written.map(({ method }) => method))).toEqual(new Set(['POST', 'PUT', 'DELETE']));
    expect(new Set(written.map(({ path }) => path.split('/')[1]))).toEqual(
      new Set(['visitorroutingrules', 'chatroutingrules', 'triggerrules', 'leadscorerules', 'leadscoreconfigs', 'webhooks']),
    );
  });
});
