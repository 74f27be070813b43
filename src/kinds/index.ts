import type { Kind } from '../model/index.ts';
import { callRoutingRules } from './call-routing-rules.ts';
import { chatRoutingRules } from './chat-routing-rules.ts';
import { leadScoreDecay } from './lead-score-decay.ts';
import { leadScoringRules } from './lead-scoring-rules.ts';
import { apps, departments, operators } from './reference-kinds.ts';
import { triggerRules } from './trigger-rules.ts';
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
  apps,
  departments,
  operators,
];
