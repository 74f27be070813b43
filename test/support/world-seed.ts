/** A world as a seed of the sandbox. */
import { departments, familyNames, type LiveRule, operators, type When, type World } from './world.ts';

const groups = (when: When, outer: string, inner: string) => ({
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

const routed = ({ title, app, enabled, when, sets }: LiveRule) => ({ title, app, enabled, ...groups(when, 'and_criteria', 'or_criteria'), userset: sets });

const triggered = ({ title, app, enabled, when, event, action }: LiveRule) => ({
  title,
  app,
  enabled,
  ...groups(when, 'and_criteria', 'or_criteria'),
  event,
  action: { ...action, ...(action.delay === undefined ? {} : { delay: String(action.delay) }) },
});

export const day = 86_400_000;

/** @param hooks the address that webhooks begin with */
export const seedOf = (world: World, hooks: string): object => {
  const [visitor, chat, trigger] = familyNames;
  return {
    screenname: 'harbour',
    apps: world.apps.map((name) => ({ name })),
    departments: departments.map((name) => ({ name })),
    operators: operators.map((email) => ({ email })),
    visitor_routing_rules: world.families[visitor].live.map(routed),
    chat_routing_rules: world.families[chat].live.map(routed),
    trigger_rules: world.families[trigger].live.map(triggered),
    lead_scoring_rules: world.leads.live.map(({ points, enabled, when }) => ({
      points,
      status: enabled ? 'enabled' : 'disabled',
      ...groups(when, 'AND_criteria', 'OR_criteria'),
    })),
    lead_score_config: { frequency: world.decay.live },
    route_to_all: world.routeToAll.live ? 'enabled' : 'disabled',
    webhooks: world.hooks.live.map(({ type, tail, apps, events, secured, keep }) => ({
      url: `${hooks}${tail}`,
      type,
      apps,
      events,
      secured,
      expiry_time_for_executions_data: String(keep * day),
    })),
  };
};
