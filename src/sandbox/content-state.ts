/** What the portal holds beside people, apps, rules and webhooks: knowledge, tags, blocks, monitors, presets, views. */
import type { RoutingRule } from './state.ts';

/** Who made and last changed a row, and when. */
export type Stamps = { creator_id: string; modifier_id: string; created_time: string; modified_time: string };

export type Tag = { id: string; name: string; color: string; module: string; archived: boolean; modifier_id: string; modified_time: string };
/** The tags of one conversation, visitor, contact or company. */
export type Tagged = { module: string; record_id: string; tag_ids: string[] };

export type CannedCategory = { id: string; name: string; owner_id: string; is_default: boolean; created_time: string; modified_time: string };
export type CannedResponse = Stamps & {
  id: string;
  content: string;
  public: boolean;
  enabled: boolean;
  associate_with_all_departments: boolean;
  /** Empty when it is for all departments. */
  department_id: string;
  category_ids: string[];
  usage_count: string;
  last_used_time: string;
};

export type ContentState = {
  call_route_to_all: string;
  call_routing_rules: RoutingRule[];
  tags: Tag[];
  tagged: Tagged[];
  canned_response_categories: CannedCategory[];
  canned_responses: CannedResponse[];
};

export const blankContent: ContentState = {
  call_route_to_all: 'enabled',
  call_routing_rules: [],
  tags: [],
  tagged: [],
  canned_response_categories: [],
  canned_responses: [],
};
