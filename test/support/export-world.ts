/** A world's portal, as raw answers. */
import { liveOf, type RawPortal, type RawRule } from './raw-portal.ts';
import { departments, type Family, familyNames, operators, type World } from './world.ts';

const unique = <T>(list: readonly T[], nameOf: (one: T) => string): readonly T[] =>
  list.filter((one, index) => list.findIndex((other) => nameOf(other) === nameOf(one)) === index);

/** Two live ones with one title are an error, so only the first counts. */
const rulesOf = ({ live }: Family): readonly RawRule[] =>
  unique(live, ({ app, title }) => `${app}\n${title}`).map((rule) => ({
    title: rule.title,
    app: rule.app,
    enabled: rule.enabled,
    when: rule.when,
    sets: rule.sets,
    event: rule.event,
    action: { ...rule.action, ...(rule.action.delay === undefined ? {} : { delay: String(rule.action.delay) }) },
  }));

export const portalOf = (world: World, hooks: string): RawPortal => ({
  apps: world.apps,
  departments,
  operators,
  visitor_routing_rules: rulesOf(world.families[familyNames[0]]),
  chat_routing_rules: rulesOf(world.families[familyNames[1]]),
  trigger_rules: rulesOf(world.families[familyNames[2]]),
  lead_scoring_rules: world.leads.live,
  webhooks: world.hooks.live.map(({ type, tail, apps, events, secured, keep }) => ({ url: `${hooks}${tail}`, type, apps, events, secured, days: keep })),
  decay: world.decay.live,
  routeToAll: world.routeToAll.live,
});

export const worldLive = (world: World, hooks: string) => liveOf(portalOf(world, hooks));
