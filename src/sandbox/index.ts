/** The sandbox: a local SalesIQ service. It shares no code with the client, so that one misreading does not hide another. */

export type { Credentials } from './accounts.ts';
export type { Controls } from './controls.ts';
export { type DescribedRule, describeState, type RuleList } from './describe.ts';
export type { EventDetails } from './events.ts';
export type { Effect, Fault, FaultMatch } from './fault.ts';
export { type ParsedFault, parseFault } from './fault-text.ts';
export type { Delivery, Emitted } from './post.ts';
export type { LoggedRequest } from './request-log.ts';
export { SeedError } from './seed-entry.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './start.ts';
export type {
  App,
  Criterion,
  Department,
  Execution,
  Group,
  LeadRule,
  LeadScoreConfig,
  Operator,
  PortalState,
  RoutingRule,
  TriggerRule,
  Userset,
  Webhook,
} from './state.ts';
export {
  defaultSwitches,
  isSwitches,
  type ParsedSwitch,
  parseSwitch,
  type SwitchDescription,
  type Switches,
  type SwitchName,
  switchDescriptions,
  switchNames,
} from './switches.ts';
