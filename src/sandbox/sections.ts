/** Every resource of the sandbox, one line each. A seed is read in this order: what is referred to comes first. */
import { apps } from './resources/apps.ts';
import { articles } from './resources/articles.ts';
import { blockedIps } from './resources/blocked-ips.ts';
import { callRoutingRules } from './resources/call-routing-rules.ts';
import { cannedResponses } from './resources/canned-responses.ts';
import { chatMonitors } from './resources/chat-monitors.ts';
import { chatRoutingRules } from './resources/chat-routing-rules.ts';
import { criteriaFields } from './resources/criteria-fields.ts';
import { departments } from './resources/departments.ts';
import { leadScoringRules } from './resources/lead-scoring-rules.ts';
import { operations } from './resources/operations.ts';
import { operators } from './resources/operators.ts';
import { portals } from './resources/portals.ts';
import { tags } from './resources/tags.ts';
import { trackingPresets } from './resources/tracking-presets.ts';
import { triggerRules } from './resources/trigger-rules.ts';
import { userPreferences } from './resources/user-preferences.ts';
import { visitorHistoryViews } from './resources/visitor-history-views.ts';
import { visitorRoutingRules } from './resources/visitor-routing-rules.ts';
import { webhooks } from './resources/webhooks.ts';
import type { Section } from './route.ts';

export const sections: readonly Section[] = [
  portals,
  departments,
  operators,
  apps,
  criteriaFields,
  visitorRoutingRules,
  chatRoutingRules,
  callRoutingRules,
  triggerRules,
  leadScoringRules,
  webhooks,
  operations,
  tags,
  cannedResponses,
  articles,
  blockedIps,
  chatMonitors,
  visitorHistoryViews,
  trackingPresets,
  userPreferences,
];
