/**
 * The portal as the sandbox keeps it: ids as digits, times as texts of epoch
 * milliseconds, booleans as booleans. The types of the wire are made on the way
 * out. Within the sandbox a state is never changed in place: a write makes a
 * new one, so that an earlier one stays what it was.
 */
import type { ContentState } from './content-state.ts';
import type { Json } from './json.ts';
import type { OperationState } from './operation-state.ts';

export type Criterion = { field_name: string; comparator: string; values: string[]; sub_field?: string; integ_name?: string };
/** Holds if one of its criteria does; all groups of a rule must hold (rules.md 2.1). */
export type Group = { or_criteria: Criterion[] };
export type Stats = { [name: string]: string };

export type AnyRule = { id: string; enabled: boolean; creator_id: string; created_time: string; modified_time: string; and_criteria: Group[] };
/** A rule with a place in the order of its list. */
export type OrderedRule = AnyRule & { title: string; app_id: string; position: number; stats: Stats };
export type Userset = { operator_ids: string[]; department_ids: string[]; dynamic_users: string[] };
/** `condition` is shown by chat routing only (rules.md 5). */
export type RoutingRule = OrderedRule & { routing_type: string; userset: Userset[]; condition: string };
export type TriggerEvent = { [key: string]: Json };
export type TriggerAction = { type: string; params: { [key: string]: Json }; delay?: string };
export type TriggerRule = OrderedRule & { event?: TriggerEvent; action?: TriggerAction };
export type LeadRule = AnyRule & { points: string };
export type LeadScoreConfig = { percentage: string; next_crunch_time: string; frequency: string; last_crunch_time: string };

export type App = {
  id: string;
  name: string;
  unique_name: string;
  creator_id: string;
  created_time: string;
  modified_time: string;
  description: { [language: string]: string };
  departments: string[];
  flags: { [name: string]: boolean };
  texts: { [name: string]: string };
  contact: { [name: string]: string };
};

export type Department = {
  id: string;
  name: string;
  display_name: string;
  description: string;
  is_public: boolean;
  is_enabled: boolean;
  is_system_generated: boolean;
  created_by: string;
  created_time: string;
  modified_time: string;
  email_configurations: { [name: string]: string };
  image_url: string;
};

/** Who belongs to which department is kept here alone; a department's own list is read off it. */
export type Operator = {
  id: string;
  zuid: string;
  email_id: string;
  role: string;
  departments: string[];
  is_owner: boolean;
  is_enabled: boolean;
  is_confirmed: boolean;
  is_deleted: boolean;
  is_chat_enabled: boolean;
  is_monitored: boolean;
  /** 1 available, 3 busy (platform-and-people.md 2.1). */
  status_code: string;
  created_time: string;
  modified_time: string;
  profile: { [name: string]: string };
};

/** Text and private key are empty until one of them is needed: a pair takes its time to make. Both are Base64 of DER. */
export type PublicKey = { id: string; key: string; private_key: string; creator_id: string; created_time: string };

export type Execution = {
  id: string;
  event: string;
  remote_server_status: number;
  number_of_retries: number;
  /** What the event is about: conversation, operator … */
  entity: string;
  entity_id: string;
  app_id: string;
  last_execution_time: string;
  payload: { [key: string]: Json };
};

export type Webhook = {
  id: string;
  url: string;
  type: string;
  events: string[];
  app_ids: string[];
  secured: boolean;
  version: number;
  expiry_time_for_executions_data: string;
  status: string;
  public_keys: PublicKey[];
  creator_id: string;
  modifier_id: string;
  created_time: string;
  modified_time: string;
  executions: Execution[];
};

export type Company = {
  company_name: string;
  website: string;
  fax: string;
  phone: string;
  email_id: string;
  language: string;
  address: string;
  description: string;
  time_zone: string;
  created_time: string;
};

export type PortalState = ContentState &
  OperationState & {
    format: 1;
    screenname: string;
    /** Digits of the id that the next new thing gets. */
    next_id: string;
    /** How the positions below are numbered; when the switches say otherwise, they are numbered anew. */
    numbering: string;
    portal: Company;
    apps: App[];
    departments: Department[];
    operators: Operator[];
    route_to_all: string;
    chat_route_to_all: string;
    visitor_routing_rules: RoutingRule[];
    chat_routing_rules: RoutingRule[];
    trigger_rules: TriggerRule[];
    lead_scoring_rules: LeadRule[];
    lead_score_config: LeadScoreConfig;
    webhooks: Webhook[];
  };

/** The owner, in whose name every call is made. */
export const ownerOf = (state: PortalState): string => state.operators.find((operator) => operator.is_owner)?.id ?? '';

/** A new id, and the state in which it is taken. */
export const takeId = (state: PortalState): { readonly id: string; readonly state: PortalState } => ({
  id: state.next_id,
  state: { ...state, next_id: afterId(state.next_id) },
});

/** Ids of one counter lie two apart, so that a reader that rounds to doubles takes several for one. */
export const afterId = (id: string): string => String(BigInt(id) + 2n);

/** By age: ids of digits compare by length, then by text. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
