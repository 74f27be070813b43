/** Words of the rule pages: all that is visible, which is not all there is (rules.md 2.3, 2.4, 6 and 7). */

export const comparators: ReadonlySet<string> = new Set([
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
]);

/** A row of the criteria fields answer (rules.md 2.5). */
export interface Field {
  readonly name: string;
  readonly datatype: 'string' | 'options' | 'count';
  readonly group: string;
}

const field = (name: string, datatype: Field['datatype'], group: string): Field => ({ name, datatype, group });

const referer = field('referer', 'string', 'website_values');
const searchEngine = field('search_engine', 'options', 'website_values');
const country = field('country', 'options', 'user_values');
const region = field('region', 'options', 'user_values');
const visits = field('number_of_visits', 'count', 'user_values');
const visitorType = field('visitor_type', 'options', 'user_values');
const browser = field('browser', 'options', 'technology');
const operatingSystem = field('operating_system', 'options', 'technology');
const pastChats = field('number_of_past_chats', 'count', 'general');
const campaignMedium = field('campaign_medium', 'string', 'campaigns');
const crmDeal = field('crm_deal', 'options', 'crm_values');
const landing = [field('landing_page_url', 'string', 'website_values'), field('landing_page_title', 'string', 'website_values')];
const page = [field('current_page_title', 'string', 'website_values'), field('current_page_url', 'string', 'website_values')];
const campaign = [
  field('campaign_source', 'string', 'campaigns'),
  field('campaign_term', 'string', 'campaigns'),
  campaignMedium,
  field('campaign_content', 'string', 'campaigns'),
  field('utm_campaign_name', 'string', 'campaigns'),
];
const triggered = field('triggered_action', 'options', 'general');

/** Fields per module of `/criteriafields/{module}`: known beginnings first, in the order of the page, then what else names the field. */
export const fieldsByModule: Readonly<
  Record<'leadscore' | 'visitorrouting' | 'chatrouting' | 'triggerrules' | 'callrouting' | 'trackingpresets' | 'visitorhistory', readonly Field[]>
> = {
  leadscore: [region, triggered, referer, ...landing, ...campaign, country, browser, operatingSystem, visits, pastChats, crmDeal],
  visitorrouting: [referer, country, browser, operatingSystem, visitorType, campaignMedium, region, visits, pastChats],
  chatrouting: [...page, referer, country, searchEngine, region, visitorType, campaignMedium, visits, pastChats],
  triggerrules: [region, triggered, referer, ...landing, ...campaign, field('email', 'string', 'user_values'), country, visits, pastChats, crmDeal],
  callrouting: [...page, referer, country, searchEngine, visits, pastChats, field('department', 'options', 'department')],
  trackingpresets: [...landing, region, field('triggered_status', 'options', 'general'), referer, visits, pastChats, field('leadscore', 'count', 'general')],
  visitorhistory: [country, browser, operatingSystem, visits, pastChats, ...landing, visitorType, region],
};

export const fieldNames = (module: keyof typeof fieldsByModule): ReadonlySet<string> => new Set(fieldsByModule[module].map(({ name }) => name));

export const routingTypes: ReadonlySet<string> = new Set(['route_to_selected_users']);
export const eventTypes: ReadonlySet<string> = new Set(['lands_on_website']);
export const actionTypes: ReadonlySet<string> = new Set([
  'send_chat_invite',
  'open_chat_window',
  'animate_button',
  'show_button',
  'show_bubble',
  'glow_button',
]);

/** Events of webhooks (webhooks-and-more.md 2.4), both spellings where pages disagree. */
export const webhookEvents: ReadonlySet<string> = new Set([
  ...[
    'created',
    'attender.updated',
    'missed',
    'operator.replied',
    'visitor.replied',
    'completed',
    'rated',
    'transfer.initiated',
    'transfer.accepted',
    'transfer.rejected',
    'participants.added',
    'participants.deleted',
    'supervisor.added',
    'message.edited',
    'message.deleted',
    'metrics',
    'reopened',
  ].map((event) => `conversation.${event}`),
  'visitor.updated',
  'contact.tag.action',
  'lead.tag.action',
  'brands.enabled',
  'brands.disabled',
  ...['created', 'updated', 'deleted', 'departments.associated', 'departments.dissociated', 'departments.disassociated'].map((event) => `operator.${event}`),
  ...['department', 'tag'].flatMap((module) => ['created', 'updated', 'deleted'].map((event) => `${module}.${event}`)),
]);
