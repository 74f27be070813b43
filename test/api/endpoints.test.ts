/** The table of calls, against numbers that were counted on the reference pages by hand. */
import { describe, expect, it } from 'vitest';
import { endpoints, findEndpoints, fullPath, sectionNames } from '../../src/api/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Kind, Request } from '../../src/model/index.ts';
import { anySpec } from './support/any-spec.ts';

/** Rows of the pages' tables; where one row holds two calls, two. */
const counted: Readonly<Record<string, number>> = {
  Operators: 12,
  Portals: 5,
  Departments: 9,
  Articles: 5 + 5,
  'Canned responses': 5 + 5,
  Bots: 1,
  // Fifteen rows less the one of feedback; the two that send a message take a text or a file.
  Conversations: 15 - 1 + 2,
  Calls: 3,
  // Six rows of the visitor's side less the one of feedback; three lists of visitors.
  Visitors: 6 - 1 + 3,
  Feedback: 3 + 1,
  'Lead scoring': 9,
  'Visitor routing': 10,
  'Chat routing': 8,
  // Two pages; the rest is inferred from the twin.
  'Call routing': 2 + 6,
  Triggers: 8,
  // Seventeen rows; two of them (remove apps, retry) hold two calls.
  Webhooks: 17 + 2,
  Callbacks: 3,
  Encryptions: 1,
  Apps: 4,
  'Blocked IPs': 6,
  'Chat monitors': 6,
  // Nine rows less the two of user preferences.
  'Tracking presets': 9 - 2,
  'User preferences': 3,
  // Eight rows less the two of user preferences.
  'Visitor history views': 8 - 2,
  // One more than the page: taking a tag out of the archive is inferred.
  Tags: 8,
};

describe('the table of calls', () => {
  it('has as many calls in each of the 25 sections as the pages have', () => {
    expect(sectionNames).toHaveLength(25);
    const found = Object.fromEntries(sectionNames.map((name) => [name, endpoints.filter(({ section }) => section === name).length]));
    expect(found).toEqual(counted);
  });

  it('has each name once, and each is a path of words', () => {
    const names = endpoints.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/.test(name))).toEqual([]);
  });

  it('has no call that is a folder of calls too', () => {
    const names = endpoints.map(({ name }) => name);
    expect(names.filter((name) => names.some((other) => other.startsWith(`${name}.`)))).toEqual([]);
  });

  it('tells calls of one method and path apart by their variant', () => {
    const calls = endpoints.map((endpoint) => `${endpoint.method} ${fullPath(endpoint)} ${endpoint.variant ?? ''}`);
    expect(calls.filter((call, index) => calls.indexOf(call) !== index)).toEqual([]);
  });

  it('asks for scopes of the documented form', () => {
    const scopes = endpoints.flatMap(({ scope, also = [] }) => [scope, ...also.flatMap((form) => form.scope ?? [])]);
    expect(scopes.filter((scope) => !/^SalesIQ\.[a-z]+\.(READ|CREATE|UPDATE|DELETE)$/.test(scope))).toEqual([]);
  });

  it('names a page and a section for each', () => {
    expect(endpoints.filter(({ source }) => !/^(platform-and-people|rules|webhooks-and-more)\.md \d/.test(source))).toEqual([]);
    expect(endpoints.filter(({ doc }) => !/^[A-Z].*\.$/.test(doc))).toEqual([]);
  });

  it('sends a body with no read, and takes pages of reads alone', () => {
    expect(endpoints.filter(({ method, contentType }) => method === 'GET' && contentType !== 'none')).toEqual([]);
    expect(endpoints.filter(({ method, paging }) => method !== 'GET' && paging !== 'none')).toEqual([]);
    expect(endpoints.filter(({ method, writes }) => method === 'GET' && writes)).toEqual([]);
    expect(endpoints.filter(({ method, writes }) => method !== 'GET' && !writes).map(({ name }) => name)).toEqual(['encryptions.encrypt']);
  });

  it('finds words before parameters', () => {
    const names = (method: string, path: string) => findEndpoints(method, path).map(({ endpoint: { name } }) => name);
    expect(names('PUT', '/api/v2/{screenname}/visitorroutingrules/commonrule')[0]).toBe('visitorRoutingRules.commonRule.set');
    expect(names('PUT', '/api/v2/{screenname}/visitorroutingrules/17')).toEqual([
      'visitorRoutingRules.update',
      'visitorRoutingRules.setEnabled',
      'visitorRoutingRules.setPosition',
    ]);
    expect(names('PUT', '/api/v2/{screenname}/companies/17/tags')).toEqual(['tags.records.add']);
    expect(names('PUT', '/api/v2/{screenname}/callbacks/a-b/progress')).toEqual(['callbacks.progress']);
    expect(names('GET', '/api/v2/{screenname}/nothing')).toEqual([]);
    expect(findEndpoints('DELETE', '/api/v2/{screenname}/webhooks/7/keys/9')[0]?.parameters).toEqual({ id: '7', key_id: '9' });
  });
});

/** Every call that a descriptor can make. */
const callsOf = (kind: Kind): readonly { readonly method: string; readonly path: string }[] => {
  const { requests, details, order, lists } = kind;
  const spec = kind.schema === undefined ? {} : kind.normalise(anySpec(kind.schema));
  const idOf = (): string => '41';
  const updates = requests.update?.('17', spec, {}, idOf) ?? [];
  const writes: readonly Request[] = [
    ...(requests.create === undefined ? [] : [requests.create(spec, idOf)]),
    ...[updates].flat(),
    ...(requests.enable ?? []).flatMap((form) => [form('17', true), form('17', false)]),
    ...(requests.members ?? []).flatMap(({ add, remove }) => [add('17', ['41']), remove('17', ['41'])]),
    ...(requests.delete === undefined ? [] : [requests.delete('17', '23')]),
    ...(order === undefined ? [] : [order.place('17', 3)]),
  ];
  return [...lists.map(({ path }) => ({ method: 'GET', path })), ...(details === undefined ? [] : [{ method: 'GET', path: details.path('17') }]), ...writes];
};

describe('the calls of the kinds', () => {
  it.each(kinds.map((kind) => [kind.name, kind] as const))('%s: every one is in the table, and its scope is among those of the kind', (_name, kind) => {
    const calls = callsOf(kind);
    expect(calls.length).toBeGreaterThan(0);
    for (const { method, path } of calls) {
      const [found] = findEndpoints(method, `${path.includes('{screenname}') ? '/api/v2' : '/api/v2/{screenname}'}${path}`);
      expect(found?.endpoint.name, `${method} ${path}`).toBeDefined();
      expect([...kind.scopes.read, ...kind.scopes.write], `${method} ${path}`).toContain(found?.endpoint.scope);
    }
  });
});
