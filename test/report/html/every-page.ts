/** One page of each sort, by name, for what holds of all of them. */
import { planPage } from '../../../src/report/html/plan-page.ts';
import { harbourPlan, settledPlan } from '../harbour-plan.ts';
import { failureOf, portalsOf, runOf } from './other-pages.ts';
import { blockedPlan, brokenPlan, hostile, hostilePlan, largePlan, longList } from './pages.ts';

const linkBase = 'https://github.com/acme/support/blob/1f2e3d';
const sources = (): string => 'events: [qay.opened]\nroute: { departments: [Quay 77] }\n';

export const everyPage: Readonly<Record<string, () => string>> = {
  'a blocked plan': () => planPage(blockedPlan, { linkBase, sources }),
  'a plan with errors': () => planPage(brokenPlan, { linkBase, sources }),
  'a settled plan': () => planPage({ ...settledPlan, unmanaged: harbourPlan.unmanaged }),
  'a long list': () => planPage(longList(40)),
  'a plan of twenty changes': () => planPage(largePlan(20), { linkBase }),
  'a plan of hostile texts': () => planPage(hostilePlan, { linkBase, sources: () => hostile }),
  'a failure': () => failureOf('The token may not read visitor_routing_rules'),
  'a run': () => runOf('Harbour desk'),
  'several portals': () => portalsOf('production'),
};
