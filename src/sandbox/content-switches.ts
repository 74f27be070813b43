/** Switches of the resources in content-state.ts; part of switches.ts. */

export const contentChoices = {
  'call-commonrule': {
    values: ['absent', 'present'],
    about: 'whether /callroutingrules/commonrule exists and its list shows route_to_all (rules.md 5)',
  },
  'limit-beyond': { values: ['refused', 'lowered'], about: 'a limit above the highest is an error, or is lowered to it (platform-and-people.md 1.8)' },
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
} as const;

type Choices = typeof contentChoices;

export type ContentSwitches = { readonly [Name in keyof Choices]: Choices[Name]['values'][number] };

export const defaultContentSwitches: ContentSwitches = {
  'call-commonrule': 'absent',
  'limit-beyond': 'refused',
  'names-unique': 'yes',
  'archived-status': 'archived',
  'archived-tags': 'listed',
  'tag-unarchive': 'absent',
  'tag-color': 'kept',
  'canned-paging': 'overlapping',
  'canned-department': 'department_id',
  'default-category': 'kept',
};
