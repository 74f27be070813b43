import type { Kind } from '../model/index.ts';
import { apps } from './apps.ts';
import { articleCategories } from './article-categories.ts';
import { articles } from './articles.ts';
import { blockedIps } from './blocked-ips.ts';
import { bots } from './bots.ts';
import { callRoutingRules } from './call-routing-rules.ts';
import { cannedResponseCategories } from './canned-response-categories.ts';
import { cannedResponses } from './canned-responses.ts';
import { chatMonitors } from './chat-monitors.ts';
import { chatRoutingRules } from './chat-routing-rules.ts';
import { departments } from './departments.ts';
import { leadScoreDecay } from './lead-score-decay.ts';
import { leadScoringRules } from './lead-scoring-rules.ts';
import { operators } from './operators.ts';
import { portal } from './portal.ts';
import { tags } from './tags.ts';
import { trackingPresets } from './tracking-presets.ts';
import { triggerRules } from './trigger-rules.ts';
import { visitorHistoryColumns } from './visitor-history-columns.ts';
import { visitorHistoryViews } from './visitor-history-views.ts';
import { visitorRoutingDefault } from './visitor-routing-default.ts';
import { visitorRoutingRules } from './visitor-routing-rules.ts';
import { webhooks } from './webhooks.ts';

/** Every kind, in the order in which plans and schemas show them. A new kind is one file and one line here. */
export const kinds: readonly Kind[] = [
  visitorRoutingRules,
  visitorRoutingDefault,
  chatRoutingRules,
  callRoutingRules,
  triggerRules,
  leadScoringRules,
  leadScoreDecay,
  webhooks,
  departments,
  operators,
  apps,
  portal,
  cannedResponseCategories,
  cannedResponses,
  articleCategories,
  articles,
  tags,
  blockedIps,
  chatMonitors,
  trackingPresets,
  visitorHistoryViews,
  visitorHistoryColumns,
  bots,
];
