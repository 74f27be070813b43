/** Everything that is called rather than configured, as one section: it is read last, for it refers to apps, departments and operators. */
import type { Section } from '../route.ts';
import { botRoutes } from './bots.ts';
import { callbackRoutes } from './callbacks.ts';
import { callRoutes } from './calls.ts';
import { threadRoutes } from './chat-threads.ts';
import { conversationRoutes } from './conversations.ts';
import { encryptionRoutes } from './encryptions.ts';
import { feedbackRoutes } from './feedbacks.ts';
import { loadOperations, operationKeys } from './operation-seed.ts';
import { visitorConversationRoutes } from './visitor-conversations.ts';
import { visitorListRoutes } from './visitor-lists.ts';

export const operations: Section = {
  keys: operationKeys,
  routes: [
    ...callbackRoutes,
    ...encryptionRoutes,
    ...botRoutes,
    ...callRoutes,
    ...feedbackRoutes,
    ...conversationRoutes,
    ...threadRoutes,
    ...visitorConversationRoutes,
    ...visitorListRoutes,
  ],
  load: loadOperations,
};
