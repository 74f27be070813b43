/** Switches of the resources in content-state.ts; part of switches.ts. */

export const contentChoices = {
  'call-commonrule': {
    values: ['absent', 'present'],
    about: 'whether /callroutingrules/commonrule exists and its list shows route_to_all (rules.md 5)',
  },
} as const;

type Choices = typeof contentChoices;

export type ContentSwitches = { readonly [Name in keyof Choices]: Choices[Name]['values'][number] };

export const defaultContentSwitches: ContentSwitches = {
  'call-commonrule': 'absent',
};
