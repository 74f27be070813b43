/** The library's door: the stages of the program, to be put together by others. */
export {
  type Connection,
  type Endpoint,
  endpoints,
  type FileToSend,
  type Hooks,
  openReader,
  type QueryValue,
  SalesIQ,
  type SalesIQClient,
  type WholeAnswer,
} from './api/index.ts';
export { type BodyFault, type BodyName, checkBody } from './callbacks/index.ts';
export { assemble, parseFiles, readProject, readSources } from './desired/index.ts';
export { kinds } from './kinds/index.ts';
export { lookAgain } from './live/index.ts';
export * from './model/index.ts';
export { makePlan, type PlanInput } from './plan/index.ts';
export { planJson, planMarkdown, planText } from './report/index.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/index.ts';
export { version } from './version.ts';
export { publicKeyPem, verifyWebhookSignature, type WebhookSignature } from './webhooks/index.ts';
