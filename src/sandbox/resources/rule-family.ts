/**
 * The calls that every family of rules has. Details, on/off and order are one
 * PUT on one path, told apart by the body alone (rules.md 1): a body that holds
 * `enabled` or `position` and no key of the details is an on/off or order call,
 * and needs no criteria.
 */
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { child, has, type Spot, whole } from '../spot.ts';
import { type AnyRule, byId, ownerOf, type PortalState, takeId } from '../state.ts';
import type { Switches } from '../switches.ts';

/** What the server sets on a new rule. */
export type NewRule = Omit<AnyRule, 'and_criteria'>;

export interface RuleFamily<R extends AnyRule> {
  /** First path segment, and the stem of the scopes. */
  readonly path: string;
  /** `object` per call (rules.md 1.3). */
  readonly objects: { readonly list: string; readonly one: string };
  /** Whether `url` in the answer about one rule holds its id (rules.md 1.3). */
  readonly urlOfOne: 'collection' | 'request';
  readonly rows: (state: PortalState) => readonly R[];
  readonly withRows: (state: PortalState, rows: R[]) => PortalState;
  /** Keys of the details in a body. */
  readonly details: readonly string[];
  readonly mandatory: { readonly create: readonly string[]; readonly update: readonly string[] };
  readonly make: (body: Spot, call: Call, born: NewRule) => R;
  /** The rule with the details of the body; keys that it leaves out as `before` has them. */
  readonly edit: (body: Spot, call: Call, before: R) => R;
  /** The rule without its optional details, for a replacing update. */
  readonly cleared: (rule: R) => R;
  readonly show: (rule: R, call: Call) => Json;
  /** What stands in `data` beside the rules. */
  readonly beside: (state: PortalState, switches: Switches) => { readonly [key: string]: Json };
  /** The body's wish for on or off: none, or a wish that changes nothing. */
  readonly wish: (body: Spot, switches: Switches) => 'on' | 'off' | 'nothing' | undefined;
  /** Rules that may not share their title with the rule. */
  readonly rivals: (rule: R, rules: readonly R[]) => readonly R[];
  readonly order: {
    readonly enter: (rules: readonly R[], rule: R, switches: Switches) => R[];
    readonly leave: (rules: readonly R[], id: string, switches: Switches) => R[];
    /** Absent: the family has no order (rules.md 8). */
    readonly move?: (rules: readonly R[], id: string, to: number, switches: Switches) => R[] | undefined;
    /** After a change of details: a rule that went to another app stands at the end of its new list. */
    readonly settle: (rules: readonly R[], before: R, after: R, switches: Switches) => R[];
  };
}

export const ruleRoutes = <R extends AnyRule>(family: RuleFamily<R>): readonly Route[] => {
  const one = `${family.path}/:id`;
  return [
    { method: 'GET', path: family.path, scope: `${family.path}.READ`, run: (call) => list(family, call) },
    { method: 'POST', path: family.path, scope: `${family.path}.CREATE`, body: 'json', run: (call) => create(family, call) },
    { method: 'GET', path: one, scope: `${family.path}.READ`, run: (call) => details(family, call) },
    { method: 'PUT', path: one, scope: `${family.path}.UPDATE`, body: 'json', run: (call) => update(family, call) },
    { method: 'DELETE', path: one, scope: `${family.path}.DELETE`, run: (call) => remove(family, call) },
  ];
};

const textOf = <R extends AnyRule>(family: RuleFamily<R>, rule: R, call: Call): string => call.memo(rule, () => print(family.show(rule, call)));

const about = <R extends AnyRule>(family: RuleFamily<R>, rule: R, call: Call): Pick<Reply, 'object' | 'data' | 'id' | 'url'> => ({
  object: family.objects.one,
  data: textOf(family, rule, call),
  id: rule.id,
  ...(family.urlOfOne === 'collection' ? { url: `${call.base}/${family.path}` } : {}),
});

const list = <R extends AnyRule>(family: RuleFamily<R>, call: Call): Reply => {
  const rows = family.rows(call.listed);
  const textOfAll = (rules: readonly R[]): string => `[${rules.map((rule) => textOf(family, rule, call)).join(',')}]`;
  const rules =
    call.switches['list-order'] === 'shuffled' ? textOfAll(call.random.shuffled(rows)) : call.memo(rows, () => textOfAll(inListOrder(rows, call.switches)));
  const beside = print(family.beside(call.listed, call.switches)).slice(1, -1);
  return { kind: 'list', object: family.objects.list, data: `{${beside === '' ? '' : `${beside},`}"rule_list":${rules}}` };
};

const inListOrder = <R extends AnyRule>(rows: readonly R[], switches: Switches): readonly R[] => {
  if (switches['list-order'] === 'created') return [...rows].sort(byId);
  return switches['list-order'] === 'reversed' ? [...rows].reverse() : rows;
};

const ruleOf = <R extends AnyRule>(family: RuleFamily<R>, call: Call): R => family.rows(call.state).find(({ id }) => id === call.param('id')) ?? refuse(1019);

const details = <R extends AnyRule>(family: RuleFamily<R>, call: Call): Reply => ({ kind: 'fixed', ...about(family, ruleOf(family, call), call) });

const demand = (body: Spot, keys: readonly string[]): void => {
  for (const key of keys) if (!has(body, key)) refuse(1015, { json_key: key });
};

const onlyTitle = <R extends AnyRule>(family: RuleFamily<R>, rule: R, call: Call): void => {
  if (call.switches['title-unique'] === 'yes' && family.rivals(rule, family.rows(call.state)).some(({ id }) => id !== rule.id)) refuse(1014);
};

const create = <R extends AnyRule>(family: RuleFamily<R>, call: Call): Reply => {
  demand(call.body, family.mandatory.create);
  const taken = takeId(call.state);
  const time = String(call.now);
  const honoured = call.switches['create-extras'] === 'honoured';
  const wish = honoured ? family.wish(call.body, call.switches) : undefined;
  const enabled = wish === 'on' || (wish !== 'off' && call.switches['new-rules'] === 'enabled');
  const rule = family.make(call.body, call, { id: taken.id, enabled, creator_id: ownerOf(call.state), created_time: time, modified_time: time });
  onlyTitle(family, rule, call);
  const entered = family.order.enter(family.rows(call.state), rule, call.switches);
  const rows = honoured ? moved(family, entered, rule.id, call) : entered;
  const state = family.withRows(taken.state, rows);
  return { kind: 'create', ...about(family, rows.find(({ id }) => id === rule.id) ?? rule, { ...call, state }), url: call.path, state };
};

const moved = <R extends AnyRule>(family: RuleFamily<R>, rows: R[], id: string, call: Call): R[] => {
  if (family.order.move === undefined || !has(call.body, 'position')) return rows;
  const position = whole(child(call.body, 'position'));
  return family.order.move(rows, id, position, call.switches) ?? refuse(1015, { json_key: 'position' });
};

const update = <R extends AnyRule>(family: RuleFamily<R>, call: Call): Reply => {
  const before = ruleOf(family, call);
  const wish = family.wish(call.body, call.switches);
  const places = family.order.move !== undefined && has(call.body, 'position');
  const describes = family.details.some((key) => has(call.body, key)) || (wish === undefined && !places);
  if (call.switches['update-mixed'] === 'refuse' && [describes, wish !== undefined, places].filter(Boolean).length > 1)
    refuse(1015, { json_key: places ? 'position' : 'enabled' });
  const described = describes ? withDetails(family, call, before) : before;
  const switched = wish === 'on' || wish === 'off' ? { ...described, enabled: wish === 'on' } : described;
  const after = { ...switched, modified_time: String(call.now) };
  onlyTitle(family, after, call);
  const rows = moved(family, family.order.settle(family.rows(call.state), before, after, call.switches), before.id, call);
  const state = family.withRows(call.state, rows);
  return { kind: 'update', ...about(family, rows.find(({ id }) => id === before.id) ?? after, { ...call, state }), state };
};

const withDetails = <R extends AnyRule>(family: RuleFamily<R>, call: Call, before: R): R => {
  demand(call.body, family.mandatory.update);
  const replacing = call.switches['put-details'] === 'replacing';
  return family.edit(call.body, call, replacing ? { ...family.cleared(before), enabled: call.switches['new-rules'] === 'enabled' } : before);
};

const remove = <R extends AnyRule>(family: RuleFamily<R>, call: Call): Reply => {
  const rule = ruleOf(family, call);
  const state = family.withRows(call.state, family.order.leave(family.rows(call.state), rule.id, call.switches));
  return { kind: 'delete', ...about(family, rule, call), state };
};
