/** A portal as plain data → what the service would answer → live state: no service runs. */
import { kinds } from '../../src/kinds/index.ts';
import { nameLive } from '../../src/live/index.ts';
import type { JsonObject, Kind, Live } from '../../src/model/index.ts';

export interface RawTest {
  readonly field: string;
  readonly comparator: string;
  readonly values: readonly string[];
  readonly sub_field?: string;
  readonly integration?: string;
}

export interface RawSet {
  readonly departments: readonly string[];
  readonly operators: readonly string[];
  readonly dynamic_users: readonly string[];
}

export interface RawRule {
  readonly title: string;
  readonly app: string;
  readonly enabled: boolean;
  readonly when: readonly (readonly RawTest[])[];
  readonly sets?: readonly RawSet[];
  readonly event?: JsonObject;
  readonly action?: JsonObject;
}

export interface RawPortal {
  readonly apps: readonly string[];
  readonly departments: readonly string[];
  readonly operators: readonly string[];
  readonly visitor_routing_rules: readonly RawRule[];
  readonly chat_routing_rules: readonly RawRule[];
  readonly trigger_rules: readonly RawRule[];
  readonly lead_scoring_rules: readonly { readonly points: number; readonly enabled: boolean; readonly when: RawRule['when'] }[];
  readonly webhooks: readonly {
    readonly url: string;
    readonly type: string;
    readonly events: readonly string[];
    readonly apps: readonly string[];
    readonly secured: boolean;
    readonly days: number;
  }[];
  readonly decay: string;
  readonly routeToAll: boolean;
}

const groups = (when: RawRule['when'], all: string, any: string): JsonObject => ({
  [all]: when.map((tests) => ({
    [any]: tests.map(({ field, comparator, values, sub_field: inner, integration }) => ({
      field_name: field,
      comparator,
      values,
      ...(inner === undefined ? {} : { sub_field: inner }),
      ...(integration === undefined ? {} : { integ_name: integration }),
    })),
  })),
});

/** Ids count from a base of their own for each list; a name's id is that of its place. */
const idIn = (list: readonly string[], name: string, base: number): string => String(base + list.indexOf(name));

const listed = (portal: RawPortal, kind: Kind): readonly JsonObject[] => {
  const app = (name: string): JsonObject => ({ id: idIn(portal.apps, name, 9000) });
  const routing = (rules: readonly RawRule[], base: number): readonly JsonObject[] =>
    rules.map(({ title, app: of, enabled, when, sets }, index) => ({
      id: String(base + index),
      title,
      app: app(of),
      enabled,
      position: index + 1,
      ...groups(when, 'and_criteria', 'or_criteria'),
      routing_type: 'route_to_selected_users',
      userset: (sets ?? []).map((set) => ({
        department_ids: set.departments.map((name) => idIn(portal.departments, name, 7000)),
        operator_ids: set.operators.map((name) => idIn(portal.operators, name, 8000)),
        dynamic_users: set.dynamic_users,
      })),
    }));
  switch (kind.name) {
    case 'apps':
      return portal.apps.map((name, index) => ({ id: String(9000 + index), name }));
    case 'departments':
      return portal.departments.map((name, index) => ({ id: String(7000 + index), name }));
    case 'operators':
      return portal.operators.map((email, index) => ({ id: String(8000 + index), email_id: email }));
    case 'visitor_routing_rules':
      return routing(portal.visitor_routing_rules, 1000);
    case 'chat_routing_rules':
      return routing(portal.chat_routing_rules, 2000);
    case 'trigger_rules':
      return portal.trigger_rules.map(({ title, app: of, enabled, when, event, action }, index) => ({
        id: String(3000 + index),
        title,
        app: app(of),
        enabled,
        position: String(index + 1),
        ...groups(when, 'and_criteria', 'or_criteria'),
        event: event ?? { type: 'lands_on_website' },
        action: action ?? { type: 'glow_button', params: {} },
      }));
    case 'lead_scoring_rules':
      return portal.lead_scoring_rules.map(({ points, enabled, when }, index) => ({
        id: String(4000 + index),
        status: enabled ? 'enabled' : 'disabled',
        points: String(points),
        ...groups(when, 'AND_criteria', 'OR_criteria'),
      }));
    case 'webhooks':
      return portal.webhooks.map(({ url, type, events, apps, secured, days }, index) => ({
        id: String(5000 + index),
        url,
        type,
        events,
        secured,
        app_ids: apps.map((name) => idIn(portal.apps, name, 9000)),
        version: 1,
        expiry_time_for_executions_data: String(days * 86_400_000),
      }));
    case 'lead_score_decay':
      return [{ frequency: portal.decay }];
    case 'visitor_routing_default':
      return [{ route_to_all: portal.routeToAll ? 'enabled' : 'disabled' }];
    default:
      return [];
  }
};

/** Live state of all kinds. @param shuffle the order in which the service lists things */
export const liveOf = (portal: RawPortal, shuffle: (list: readonly JsonObject[]) => readonly JsonObject[] = (list) => list): Live =>
  nameLive(
    kinds.map((kind) => ({ kind, entries: shuffle(listed(portal, kind)).map((raw) => ({ raw, path: kind.name })), reports: [] })),
    1,
  );

export const emptyPortal: RawPortal = {
  apps: [],
  departments: [],
  operators: [],
  visitor_routing_rules: [],
  chat_routing_rules: [],
  trigger_rules: [],
  lead_scoring_rules: [],
  webhooks: [],
  decay: 'yearly',
  routeToAll: true,
};
