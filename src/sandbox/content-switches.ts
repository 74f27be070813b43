/** Switches of the resources in content-state.ts; part of switches.ts. */

export const contentChoices = {
  'call-commonrule': {
    values: ['absent', 'present'],
    about: 'whether /callroutingrules/commonrule exists and its list shows route_to_all (rules.md 5)',
  },
  'limit-beyond': { values: ['refused', 'lowered'], about: 'a limit above the highest is an error, or is lowered to it (platform-and-people.md 1.8)' },
  'index-base': { values: ['0', '1'], about: 'first index of blocked IPs and chat monitors (webhooks-and-more.md 6)' },
  'names-unique': {
    values: ['yes', 'no'],
    about: 'whether a second tag of one name in a module, category, preset or view is refused with 1014 (platform-and-people.md 9)',
  },
  'archived-status': { values: ['archived', 'achived'], about: 'spelling of the status of an archived tag (webhooks-and-more.md 12)' },
  'archived-tags': { values: ['listed', 'hidden'], about: 'whether the list of tags holds archived ones (webhooks-and-more.md 12)' },
  'tag-unarchive': { values: ['absent', 'present'], about: 'whether DELETE /tags/{id}/archives takes a tag back (webhooks-and-more.md 12)' },
  'tag-color': { values: ['kept', 'lower-case'], about: 'colours of tags as they were sent, or in lower case (webhooks-and-more.md 12)' },
  'canned-paging': {
    values: ['overlapping', 'following', 'plain'],
    about:
      'a page of canned responses with more to come holds one row too many, which the next page repeats, or does not; or no such row (platform-and-people.md 6.1)',
  },
  'canned-department': {
    values: ['department_id', 'department', 'absent'],
    about: 'key under which a canned response shows its department (platform-and-people.md 6.1)',
  },
  'default-category': {
    values: ['kept', 'deletable'],
    about: 'whether the default category may be deleted, or is refused with 1026 (platform-and-people.md 5.2)',
  },
  'list-articles': { values: ['whole', 'without-content'], about: 'lists of articles with or without their content (platform-and-people.md 5.1)' },
  'article-titles': {
    values: ['free', 'unique'],
    about: 'whether a second article of one title in a category is refused with 1014 (platform-and-people.md 5.1)',
  },
  'blocked-ids': { values: ['own', 'shared'], about: 'whether the rows that one call blocks have ids of their own, or share one (webhooks-and-more.md 6)' },
  'blocked-all-apps': {
    values: ['row-per-app', 'one-row'],
    about: 'an address blocked for all apps is a row per app, or one row without app (webhooks-and-more.md 6)',
  },
  'blocked-path': {
    values: ['both', 'with-id', 'without-id'],
    about: 'paths at which an address is blocked and unblocked; without an id or ip every row is meant (webhooks-and-more.md 6)',
  },
  'monitor-switch': {
    values: ['both', 'enabled', 'status'],
    about: 'which key turns a chat monitor on and off; the other one changes nothing (webhooks-and-more.md 7)',
  },
  'view-time': { values: ['number', 'string'], about: 'modified_time of a visitor history view as a number, or as a text (webhooks-and-more.md 11)' },
  'returning-view': {
    values: ['returning', 'repeated'],
    about: 'the view -2 is called Returning Visitors, or Repeated Visitors (webhooks-and-more.md 11)',
  },
  'tracking-settings': {
    values: ['told', 'untold'],
    about: 'whether user preferences tell view and hide_other_agent_connected_visitors beside the applied preset (webhooks-and-more.md 10)',
  },
  'preset-update': {
    values: ['whole', 'partial'],
    about: 'whether an update of a tracking preset must hold every field that the page marks mandatory (webhooks-and-more.md 9)',
  },
} as const;

type Choices = typeof contentChoices;

export type ContentSwitches = { readonly [Name in keyof Choices]: Choices[Name]['values'][number] };

export const defaultContentSwitches: ContentSwitches = {
  'call-commonrule': 'absent',
  'limit-beyond': 'refused',
  'index-base': '0',
  'names-unique': 'yes',
  'archived-status': 'archived',
  'archived-tags': 'listed',
  'tag-unarchive': 'absent',
  'tag-color': 'kept',
  'canned-paging': 'overlapping',
  'canned-department': 'department_id',
  'default-category': 'kept',
  'list-articles': 'whole',
  'article-titles': 'free',
  'blocked-ids': 'own',
  'blocked-all-apps': 'row-per-app',
  'blocked-path': 'both',
  'monitor-switch': 'both',
  'view-time': 'number',
  'returning-view': 'returning',
  'tracking-settings': 'told',
  'preset-update': 'whole',
};
