import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import type { Base, Desired, DesiredResource, JsonObject, Live, LiveResource, Plan } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';

const content = {
  A: [{ field: 'country', comparator: 'is_equal_to', values: ['Peru'] }],
  B: [{ field: 'country', comparator: 'is_equal_to', values: ['Norway'] }],
  C: [{ field: 'country', comparator: 'is_equal_to', values: ['Kenya'] }],
} as const;

type Content = keyof typeof content | '-';

const isContent = (text: string): text is Content => text === '-' || Object.hasOwn(content, text);

const specOf = (title: string, when: keyof typeof content): JsonObject => ({
  title,
  app: 'Harbour',
  enabled: false,
  when: content[when],
  route: { type: 'route_to_selected_users', departments: ['Quay'], operators: [], dynamic_users: [], more_users: [] },
});

const describedAs = (title: string, when: keyof typeof content, more: Partial<DesiredResource> = {}): DesiredResource => ({
  kind: 'visitor_routing_rules',
  app: 'Harbour',
  key: title,
  spec: specOf(title, when),
  origin: { file: 'routing.yaml', line: 7, column: 5 },
  references: [],
  previously: [],
  sensitive: [],
  ...more,
});

const liveAs = (title: string, when: keyof typeof content, id = '77000000000000301'): LiveResource => ({
  kind: 'visitor_routing_rules',
  app: 'Harbour',
  key: title,
  id,
  position: 4,
  spec: specOf(title, when),
  raw: {},
});

const plan = (
  files: readonly DesiredResource[],
  base: readonly DesiredResource[] | undefined,
  live: readonly LiveResource[],
  drift: 'correct' | 'keep' = 'correct',
): Plan => {
  const orderOf = (resources: readonly DesiredResource[]): Desired['orders'] =>
    resources.length === 0
      ? []
      : [{ kind: 'visitor_routing_rules', app: 'Harbour', keys: resources.map(({ key }) => key), origin: { file: 'routing.yaml', line: 1, column: 1 } }];
  const desired: Desired = { portal: 'port', kinds: ['visitor_routing_rules'], resources: files, orders: orderOf(files), policies: {} };
  const state: Live = { resources: { visitor_routing_rules: live }, reports: [], reads: 4, diagnostics: [] };
  const before: Base | undefined = base === undefined ? undefined : { resources: base, orders: orderOf(base), protect: [] };
  return makePlan({
    kinds,
    desired,
    live: state,
    scope: { targets: [], excludes: [] },
    protect: [],
    warnings: [],
    drift,
    estimateSeconds: () => 3,
    ...(before === undefined ? {} : { base: before }),
  });
};

const rows = readFileSync(new URL('../../docs/three-way.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 8 && isContent(cells[1] ?? ''))
  .map(([, files = '', base = '', live = '', action = '', whose = '', why = '']) => ({ files, base, live, action, whose, why }));

const each = <T>(text: string, make: (when: keyof typeof content) => T): readonly T[] => (isContent(text) && text !== '-' ? [make(text)] : []);

describe('the table of files, base and portal', () => {
  it('has a row for every case', () => {
    expect(rows.length).toBe(15);
    expect(new Set(rows.map(({ files, base, live }) => `${files} ${base} ${live}`)).size).toBe(15);
  });

  it.each(rows)('files $files, base $base, live $live: $action $whose ($why)', ({ files, base, live, action, whose }) => {
    const made = plan(
      each(files, (when) => describedAs('Night watch', when)),
      each(base, (when) => describedAs('Night watch', when)),
      each(live, (when) => liveAs('Night watch', when)),
    );
    expect(made.changes.map((change) => [change.action, change.side ?? ''])).toEqual(action === 'nothing' ? [] : [[action, whose]]);
    expect(made.unmanaged.length).toBe(files === '-' && base === '-' && live !== '-' ? 1 : 0);
  });

  it.each(rows.filter(({ base }) => base === '-'))('without a base, files $files and live $live give $action and nobody to name', ({ files, live, action }) => {
    const made = plan(
      each(files, (when) => describedAs('Night watch', when)),
      undefined,
      each(live, (when) => liveAs('Night watch', when)),
    );
    expect(made.changes.map((change) => [change.action, change.side])).toEqual(action === 'nothing' ? [] : [[action, undefined]]);
  });

  it('keeps what was changed in SalesIQ alone, and nothing else, when asked to', () => {
    const one = (files: keyof typeof content, live: keyof typeof content) =>
      plan([describedAs('Night watch', files)], [describedAs('Night watch', 'A')], [liveAs('Night watch', live)], 'keep').changes.map(({ action }) => action);
    expect(one('A', 'C')).toEqual([]);
    expect(one('B', 'A')).toEqual(['update']);
    expect(one('B', 'C')).toEqual(['update']);
  });

  it('points out a field that the files no longer write, and leaves it as it is', () => {
    const { when: _when, ...rest } = specOf('Night watch', 'A');
    const made = plan([describedAs('Night watch', 'A', { spec: rest })], [describedAs('Night watch', 'A')], [liveAs('Night watch', 'C')]);
    expect(made.changes).toEqual([]);
    expect(made.diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['dropped-field', 'warning', 'when was in the files at the last apply and is no longer: it stays as it is in SalesIQ'],
    ]);
  });
});

describe('names that changed', () => {
  const updated = (made: Plan) =>
    made.changes.map((change) => [change.action, change.key, 'id' in change ? change.id : '', change.fields.map(({ path, side }) => `${path} ${side}`).join()]);

  it('are one update that keeps the id, where the rule says what it was called', () => {
    const files = [describedAs('Dog watch', 'A', { previously: ['Night watch'] })];
    expect(updated(plan(files, [describedAs('Night watch', 'A')], [liveAs('Night watch', 'A')]))).toEqual([
      ['update', 'Dog watch', '77000000000000301', 'title yours'],
    ]);
    expect(updated(plan(files, undefined, [liveAs('Night watch', 'A')])).map(([action]) => action)).toEqual(['update']);
  });

  it('are known by an explicit key', () => {
    const files = [describedAs('Dog watch', 'B', { lastingKey: 'watch' })];
    const base = [describedAs('Night watch', 'A', { lastingKey: 'watch' })];
    expect(updated(plan(files, base, [liveAs('Night watch', 'A')]))).toEqual([
      ['update', 'Dog watch', '77000000000000301', 'title yours,when[0].values yours'],
    ]);
  });

  it('are known by the same content at the base', () => {
    expect(updated(plan([describedAs('Dog watch', 'A')], [describedAs('Night watch', 'A')], [liveAs('Night watch', 'A')]))).toEqual([
      ['update', 'Dog watch', '77000000000000301', 'title yours'],
    ]);
  });

  it('are named back where they were changed in SalesIQ', () => {
    expect(updated(plan([describedAs('Night watch', 'A')], [describedAs('Night watch', 'A')], [liveAs('Renamed by hand', 'A')]))).toEqual([
      ['update', 'Night watch', '77000000000000301', 'title drift'],
    ]);
  });

  it('are not guessed where two could be meant', () => {
    const made = plan([describedAs('Dog watch', 'A'), describedAs('First watch', 'A')], [describedAs('Night watch', 'A')], [liveAs('Night watch', 'A')]);
    expect(made.changes.map(({ action, key }) => `${action} ${key}`).sort()).toEqual(['create Dog watch', 'create First watch', 'delete Night watch']);
    expect(made.diagnostics.map(({ code }) => code)).toEqual(['maybe-renamed', 'maybe-renamed']);
    expect(made.diagnostics[0]?.hint).toContain('previously: ["Night watch"]');
  });
});
