import type { CriteriaVocabulary } from '../model/index.ts';

/**
 * What is known of the vocabularies (rules.md 2.3 to 2.5, 6.4, 6.5, 7). They
 * are visible only in part, so they warn and complete, and never refuse.
 */

/** All comparators seen on any page (rules.md 2.3). */
export const comparators = [
  'is_equal_to',
  'not_equals',
  'is',
  'is_not',
  'begins_with',
  'ends_with',
  'contains',
  'not_contains',
  'matches',
  'not_matches',
  'greater_than',
  'less_than',
  'between',
  'is_unknown',
  'has_any_value',
] as const;

const textTests = ['is_equal_to', 'not_equals', 'begins_with', 'ends_with', 'contains', 'not_contains', 'matches', 'not_matches'];
const urlTests = [...textTests, 'is', 'is_not'];
const emailTests = ['is', 'is_not', ...textTests];
const optionTests = ['is_equal_to', 'not_equals'];
const countTests = ['is_equal_to', 'not_equals', 'greater_than', 'less_than', 'between'];
const statusTests = ['is', 'is_not'];
const regions = ['south_america', 'north_america', 'canada', 'asia_pacific', 'united_kingdom', 'europe_middle_east_and_africa'];

/** Action types of triggers, which are also the values of the `triggered_action` criterion (rules.md 2.4, 6.5). */
export const triggerActions = ['send_chat_invite', 'open_chat_window', 'animate_button', 'show_button', 'show_bubble', 'glow_button'] as const;

/** The only event type seen (rules.md 6.4). */
export const triggerEvents = ['lands_on_website'] as const;

/** The only routing type seen (rules.md 7.1). */
export const routingTypes = ['route_to_selected_users'] as const;

/** The only dynamic user seen (rules.md 7.2). */
export const dynamicUsers = ['last_attender'] as const;

/** The only frequency token seen (rules.md 3.4). */
export const decayFrequencies = ['yearly'] as const;

/** Event names of API webhooks and of the two administration modules (webhooks-and-more.md 2.4). */
export const webhookEvents = [
  'conversation.created',
  'conversation.attender.updated',
  'conversation.missed',
  'conversation.operator.replied',
  'conversation.visitor.replied',
  'conversation.completed',
  'conversation.rated',
  'conversation.transfer.initiated',
  'conversation.transfer.accepted',
  'conversation.transfer.rejected',
  'conversation.participants.added',
  'conversation.participants.deleted',
  'conversation.supervisor.added',
  'conversation.message.edited',
  'conversation.message.deleted',
  'conversation.metrics',
  'conversation.reopened',
  'visitor.updated',
  'contact.tag.action',
  'lead.tag.action',
  'operator.created',
  'operator.updated',
  'operator.deleted',
  'operator.departments.associated',
  'operator.departments.dissociated',
  'operator.departments.disassociated',
  'department.created',
  'department.updated',
  'department.deleted',
  'brands.enabled',
  'brands.disabled',
  'tag.created',
  'tag.updated',
  'tag.deleted',
] as const;

const technology = {
  browser: { comparators: optionTests },
  operating_system: { comparators: optionTests },
};

const shared = {
  ...technology,
  referer: { comparators: textTests },
  country: { comparators: optionTests },
  region: { comparators: optionTests, values: regions },
  visitor_type: { comparators: optionTests },
  search_engine: { comparators: optionTests },
  number_of_visits: { comparators: countTests },
  number_of_past_chats: { comparators: countTests },
  leadscore: { comparators: countTests },
  landing_page_url: { comparators: urlTests },
  landing_page_title: { comparators: textTests },
  campaign_source: { comparators: textTests },
  campaign_term: { comparators: textTests },
  campaign_medium: { comparators: textTests },
  campaign_content: { comparators: textTests },
  utm_campaign_name: { comparators: textTests },
  email: { comparators: emailTests },
  department: {},
  triggered_action: { comparators: optionTests, values: [...triggerActions] },
  triggered_status: { comparators: statusTests },
  actions_performed: { comparators: statusTests },
  crm_deal: {},
  crm_lead: {},
  crm_contact: {},
};

const pages = {
  current_page_url: { comparators: urlTests },
  current_page_title: { comparators: textTests },
};

/** The UI offers all four families the same groups of fields (rules.md 2.4), so one list serves; chat alone is documented with the page a visitor is on. */
export const visitorRoutingFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };
export const chatRoutingFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };
export const triggerFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };
export const leadScoringFields: CriteriaVocabulary = {
  fields: { ...shared, custom_action_performed: { comparators: ['is', 'is_not', 'is_unknown', 'has_any_value', 'contains', 'not_contains'] } },
};

/** The longest list of one family that a page shows (rules.md 2.5), and the groups that all share. */
export const callRoutingFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };

/** The comparators of presets are those of visitor routing (rules.md 2.3, webhooks-and-more.md 9). */
export const trackingFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };
export const visitorHistoryFields: CriteriaVocabulary = { fields: { ...shared, ...pages } };

/** What views of the visitor history can be sorted by (webhooks-and-more.md 11). */
export const historySorts = ['frequency', 'leadscore', 'last_visit_time', 'time_on_site'] as const;

/** What tags can be put on (webhooks-and-more.md 12). */
export const tagModules = ['conversations', 'visitors', 'contacts', 'companies'] as const;
