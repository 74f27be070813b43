/** What a receiver of webhooks needs: signatures, the shape of deliveries, and a receiver for development. */
export { type EventSummary, type Signed, summaryOf } from './event.ts';
export { openReceiver, type Received, type Receiver, type ReceiverOptions } from './receiver.ts';
export {
  batchesOf,
  type FailedExecution,
  type FailureFilter,
  failedExecution,
  isMeant,
  mostIds,
  mostRetries,
  type WebhookKey,
  type WebhookRow,
  webhookRow,
} from './row.ts';
export { publicKeyPem, verifyWebhookSignature, type WebhookSignature } from './signature.ts';
