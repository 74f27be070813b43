/** A world's portal as the program reads it, without a service: raw entries in the documented forms. */
import { kinds } from '../../src/kinds/index.ts';
import { nameLive } from '../../src/live/index.ts';
import type { JsonObject, Live } from '../../src/model/index.ts';
import { departments, type FamilyName, familyNames, type LiveRule, operators, type When, type World } from './world.ts';
import { day } from './world-seed.ts';

const criteria = (when: When, outer: string, inner: string): JsonObject => ({
  [outer]: when.map((group) => ({
    [inner]: group.map(({ field, comparator, values, sub_field, integration }) => ({
      field_name: field,
      comparator,
      values,
      ...(sub_field === undefined ? {} : { sub_field }),
      ...(integration === undefined ? {} : { integ_name: integration }),
    })),
  })),
});

const idOf = (list: readonly string[], name: string, first: number): string => String(first + list.indexOf(name));
const firstApp = 510;
const firstDepartment = 610;
const firstOperator = 710;

const firstIds: Readonly<Record<FamilyName, number>> = { visitor_routing_rules: 1_000, chat_routing_rules: 2_000, trigger_rules: 3_000 };

const ruleRaw = (world: World, name: FamilyName, rule: LiveRule, index: number): JsonObject => {
  const common = {
    id: String(firstIds[name] + index),
    title: rule.title,
    app: { id: idOf(world.apps, rule.app, firstApp), name: rule.app },
    enabled: rule.enabled,
    position: index + 1,
    ...criteria(rule.when, 'and_criteria', 'or_criteria'),
  };
  if (name === 'trigger_rules') {
    const { delay, ...action } = rule.action;
    return { ...common, position: String(index + 1), event: rule.event, action: { ...action, ...(delay === undefined ? {} : { delay: String(delay) }) } };
  }
  return {
    ...common,
    routing_type: 'route_to_selected_users',
    userset: rule.sets.map((set) => ({
      department_ids: set.departments.map((one) => idOf(departments, one, firstDepartment)),
      operator_ids: set.operators.map((one) => idOf(operators, one, firstOperator)),
      dynamic_users: set.dynamic_users,
    })),
  };
};

/** The raw entries of each kind, as its lists give them. */
export const rawOf = (world: World, hooks: string): Readonly<Record<string, readonly JsonObject[]>> => ({
  ...Object.fromEntries(familyNames.map((name) => [name, world.families[name].live.map((rule, index) => ruleRaw(world, name, rule, index))])),
  visitor_routing_default: [{ route_to_all: world.routeToAll.live ? 'enabled' : 'disabled' }],
  lead_scoring_rules: world.leads.live.map(({ points, enabled, when }, index) => ({
    id: String(4_000 + index),
    points: String(points),
    status: enabled ? 'enabled' : 'disabled',
    ...criteria(when, 'AND_criteria', 'OR_criteria'),
  })),
  lead_score_decay: [{ frequency: world.decay.live, percentage: '25' }],
  webhooks: world.hooks.live.map(({ type, tail, apps, events, secured, keep }, index) => ({
    id: String(5_000 + index),
    type,
    url: `${hooks}${tail}`,
    app_ids: apps.map((app) => idOf(world.apps, app, firstApp)),
    events,
    secured,
    version: 1,
    expiry_time_for_executions_data: String(keep * day),
  })),
  apps: world.apps.map((name) => ({ id: idOf(world.apps, name, firstApp), name })),
  departments: departments.map((name) => ({ id: idOf(departments, name, firstDepartment), name })),
  operators: operators.map((email) => ({ id: idOf(operators, email, firstOperator), email_id: email, is_deleted: false })),
});

/** The live state from raw entries. @param order the order in which the service lists them */
export const liveFrom = (raw: Readonly<Record<string, readonly JsonObject[]>>, order: <T>(list: readonly T[]) => readonly T[] = (list) => list): Live =>
  nameLive(
    kinds.map((kind) => ({ kind, entries: order(raw[kind.name] ?? []).map((entry) => ({ raw: entry, path: `/${kind.name}` })), reports: [] })),
    11,
  );

export const liveOf = (world: World, hooks: string): Live => liveFrom(rawOf(world, hooks));
