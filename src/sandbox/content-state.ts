/** What the portal holds beside people, apps, rules and webhooks: knowledge, tags, blocks, monitors, presets, views. */
import type { Group, RoutingRule } from './state.ts';

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

export type ArticleCategory = { id: string; name: string; is_default: boolean };
export type Article = Stamps & {
  id: string;
  title: string;
  content: string;
  department_id: string;
  category_id: string;
  published: boolean;
  enabled: boolean;
  stats: { viewed: string; used: string; liked: string; disliked: string };
};

export type IpComment = { operator_id: string; time: string; text: string };
export type BlockedIp = {
  id: string;
  ip: string;
  status: string;
  blocked_by: string;
  /** Empty when one row stands for all apps. */
  app_id: string;
  comments: IpComment[];
  modified_time: string;
};

export type ChatMonitor = {
  id: string;
  enabled: boolean;
  type: string;
  /** An operator's id, an address or a mail, as the type says. */
  watched: string;
  stats: { chats_joined: string; chats_monitored: string; last_monitored_time: string };
};

/** The views that the portal brings with it are not kept here. */
export type HistoryView = {
  id: string;
  name: string;
  and_criteria: Group[];
  sort_by: string;
  favourited: boolean;
  creator_id: string;
  modified_time: string;
};

/** Groups of each ring must all hold. */
export type TrackingPreset = {
  id: string;
  name: string;
  description: string;
  applied: boolean;
  enabled: boolean;
  ring_one: Group[];
  ring_two: Group[];
  ring_three: Group[];
  ring_four: Group[];
};

/** The lists hold ids of views. */
export type UserPreferences = { list_one: string; list_two: string; list_three: string; view: string; hide_other_agent_connected_visitors: string };

export type ContentState = {
  call_route_to_all: string;
  call_routing_rules: RoutingRule[];
  tags: Tag[];
  tagged: Tagged[];
  canned_response_categories: CannedCategory[];
  canned_responses: CannedResponse[];
  article_categories: ArticleCategory[];
  articles: Article[];
  blocked_ips: BlockedIp[];
  chat_monitors: ChatMonitor[];
  visitor_history_views: HistoryView[];
  user_preferences: UserPreferences;
  tracking_presets: TrackingPreset[];
};

export const blankContent: ContentState = {
  call_route_to_all: 'enabled',
  call_routing_rules: [],
  tags: [],
  tagged: [],
  canned_response_categories: [],
  canned_responses: [],
  article_categories: [],
  articles: [],
  blocked_ips: [],
  chat_monitors: [],
  visitor_history_views: [],
  user_preferences: { list_one: '-1', list_two: '-2', list_three: '-1', view: 'ring', hide_other_agent_connected_visitors: 'disabled' },
  tracking_presets: [],
};
