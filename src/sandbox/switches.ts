/**
 * Every unknown and every contradiction of the documentation that a client can
 * notice, as a named switch. The first value is the default: what is documented
 * first or, where nothing is, what rules.md 10 and platform-and-people.md 10
 * propose. No client may depend on where a switch stands.
 */
import { contentChoices, defaultContentSwitches } from './content-switches.ts';
import { isRecord } from './json.ts';
import { defaultOperationSwitches, operationChoices } from './operation-switches.ts';

const choices = {
  ...operationChoices,
  ...contentChoices,
  'position-base': { values: ['1', '0'], about: 'number of the first place (rules.md 8)' },
  'position-scope': { values: ['portal', 'app'], about: 'whether rules are numbered over the whole portal or per app (rules.md 8)' },
  'position-move': {
    values: ['shift', 'assign', 'swap'],
    about: 'a move pushes the others aside, changes only its own number (ties possible), or exchanges numbers (rules.md 8)',
  },
  'position-spacing': { values: ['dense', 'sparse'], about: 'numbers without gaps, or 10, 20, 30 with gaps that stay when rules go (rules.md 8)' },
  'position-range': { values: ['clamp', 'error', 'free'], about: 'a position beyond the ends is drawn in, refused, or taken as it stands (rules.md 8)' },
  'list-order': { values: ['position', 'created', 'reversed', 'shuffled'], about: 'how rule lists are sorted (rules.md 8)' },
  'id-type': { values: ['documented', 'number', 'string'], about: 'ids as each page shows them, or all as one type (rules.md 1.2)' },
  'object-names': { values: ['documented', 'overview'], about: "lists named as each page shows, or all 'list' as the overview says (rules.md 1.3)" },
  'sync-time': { values: ['samples', 'lists', 'never'], about: 'sync_time where samples show it, on every list as the overview says, or nowhere (rules.md 1)' },
  'sub-field-name': { values: ['sub_field', 'sub_fields'], about: 'name of the sub-field of a criterion in answers (rules.md 2.1)' },
  statuses: { values: ['always-200', 'real'], about: 'HTTP 200 for errors too, or 401, 403, 404, 405, 429 and 400 (platform-and-people.md 1.3)' },
  'create-answer': { values: ['echo', 'id', 'empty'], about: 'what a create answers: the whole, its id alone, or nothing (rules.md 1.4)' },
  'put-answer': { values: ['echo', 'empty', 'none'], about: 'what an update answers: the whole, empty data, or no body at all (rules.md 1.4)' },
  'delete-answer': {
    values: ['empty', 'object', 'id', 'none'],
    about: 'what a delete answers: empty data, what was deleted, its id, or no body at all (rules.md 1.4)',
  },
  'put-details': { values: ['partial', 'replacing'], about: 'an update keeps the keys that it leaves out, or clears them and resets enabled (rules.md 1)' },
  'update-mixed': { values: ['accept', 'refuse'], about: 'one update may mix enabled, position and details, or not (rules.md 1)' },
  'new-rules': { values: ['enabled', 'disabled'], about: 'state of a new rule (rules.md 8)' },
  'new-place': { values: ['bottom', 'top'], about: 'where a new rule stands (rules.md 8)' },
  'create-extras': { values: ['ignored', 'honoured'], about: 'enabled and position in the body of a create (rules.md 8)' },
  'title-unique': { values: ['no', 'yes'], about: 'whether a second rule of one title in an app is refused with 1014 (rules.md 8)' },
  vocabulary: { values: ['lax', 'strict'], about: 'unknown fields, comparators, types and events are kept, or refused (rules.md 10)' },
  'lead-switch': {
    values: ['both', 'status', 'enable'],
    about: 'which key turns a lead scoring rule on and off; the other one changes nothing (rules.md 3.3)',
  },
  'chat-commonrule': { values: ['absent', 'present'], about: 'whether /chatroutingrules/commonrule exists (rules.md 5)' },
  'paging-index': { values: ['batch', 'offset'], about: 'what index counts: batches of 20, or single rows (platform-and-people.md 1.8)' },
  'deleted-operators': { values: ['gone', 'listed'], about: 'whether deleted operators stay in the list as is_deleted (platform-and-people.md 2.1)' },
  'deleted-references': { values: ['kept', 'dropped'], about: 'ids of what was deleted stay in rules and webhooks, or go with it (rules.md 8)' },
  'configure-to': { values: ['required', 'optional'], about: 'whether a department delete must name its heir (platform-and-people.md 4.2)' },
  'webhook-type-filter': { values: ['required', 'ignored', 'optional'], about: 'the type parameter of the webhook list (webhooks-and-more.md 2.3)' },
  'list-webhooks': { values: ['whole', 'short'], about: 'webhook lists with whole rows, or with the keys of the cut sample only (webhooks-and-more.md 2.3)' },
  'key-text': { values: ['once', 'always'], about: 'the text of a webhook key is shown when it is made, or in every answer (webhooks-and-more.md 2.2)' },
  'added-events-key': { values: ['ids', 'events'], about: 'name of the event list in the answer to adding events (webhooks-and-more.md 2.3)' },
  'expiry-range': {
    values: ['free', 'stated'],
    about: 'failed executions are kept for any time, or for a week to 60 days as the text says (webhooks-and-more.md 2.2)',
  },
  'throttle-status': { values: ['400', '200'], about: 'status of the refusal of too many token requests (platform-and-people.md 1.5)' },
  'active-tokens': { values: ['15', '30'], about: 'access tokens of one refresh token alive at a time (platform-and-people.md 1.5)' },
} as const;

type Choices = typeof choices;

/** Switches that are whole numbers. */
const numbers = {
  'rate-limit': {
    default: 0,
    what: 'requests a minute',
    about: 'API requests a minute before the address is locked with 1023; 0 is no limit (platform-and-people.md 1.7)',
  },
  'retry-pause': { default: 60_000, what: 'milliseconds', about: 'milliseconds before a failed delivery is tried again (webhooks-and-more.md 2.5)' },
  'delivery-timeout': { default: 5000, what: 'milliseconds', about: 'milliseconds that a receiver of webhooks has to answer (webhooks-and-more.md 2.5)' },
} as const;

export type Switches = { readonly [Name in keyof Choices]: Choices[Name]['values'][number] } & { readonly [Name in keyof typeof numbers]: number };

export type SwitchName = keyof Switches;

export const defaultSwitches: Switches = {
  ...defaultOperationSwitches,
  ...defaultContentSwitches,
  'position-base': '1',
  'position-scope': 'portal',
  'position-move': 'shift',
  'position-spacing': 'dense',
  'position-range': 'clamp',
  'list-order': 'position',
  'id-type': 'documented',
  'object-names': 'documented',
  'sync-time': 'samples',
  'sub-field-name': 'sub_field',
  statuses: 'always-200',
  'create-answer': 'echo',
  'put-answer': 'echo',
  'delete-answer': 'empty',
  'put-details': 'partial',
  'update-mixed': 'accept',
  'new-rules': 'enabled',
  'new-place': 'bottom',
  'create-extras': 'ignored',
  'title-unique': 'no',
  vocabulary: 'lax',
  'lead-switch': 'both',
  'chat-commonrule': 'absent',
  'paging-index': 'batch',
  'deleted-operators': 'gone',
  'deleted-references': 'kept',
  'configure-to': 'required',
  'webhook-type-filter': 'required',
  'list-webhooks': 'whole',
  'key-text': 'once',
  'added-events-key': 'ids',
  'expiry-range': 'free',
  'throttle-status': '400',
  'active-tokens': '15',
  'rate-limit': numbers['rate-limit'].default,
  'retry-pause': numbers['retry-pause'].default,
  'delivery-timeout': numbers['delivery-timeout'].default,
};

/** One switch, for help and documentation. */
export interface SwitchDescription {
  readonly name: string;
  /** The legal values; `N` stands for any whole number. */
  readonly values: readonly string[];
  readonly default: string;
  readonly about: string;
}

export const switchDescriptions: readonly SwitchDescription[] = [
  ...Object.entries(choices).map(([name, { values, about }]) => ({ name, values, default: values[0], about })),
  ...Object.entries(numbers).map(([name, { default: usual, about }]) => ({ name, values: [String(usual), 'N'], default: String(usual), about })),
];

export const switchNames: readonly string[] = switchDescriptions.map(({ name }) => name);

const isNumber = (name: string): name is keyof typeof numbers => Object.hasOwn(numbers, name);

const fits = (name: string, value: unknown): boolean => {
  if (isNumber(name)) return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  const values: readonly string[] | undefined = switchDescriptions.find((known) => known.name === name)?.values;
  return typeof value === 'string' && (values?.includes(value) ?? false);
};

/** True when every key is a switch and every value one of its values. */
export const isSwitches = (value: unknown): value is Partial<Switches> =>
  isRecord(value) && Object.entries(value).every(([name, setting]) => fits(name, setting));

export type ParsedSwitch = { readonly value: Partial<Switches> } | { readonly error: string };

/** `position-base=0` as a setting, or what is wrong with it. */
export const parseSwitch = (input: string): ParsedSwitch => {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(input.trim()) ?? [];
  const known = switchDescriptions.find((description) => description.name === name);
  if (name === '') return { error: `'${input}' is not a switch: write name=value, for example position-base=0` };
  if (known === undefined) return { error: `there is no switch '${name}'; the switches are ${switchNames.join(', ')}` };
  const switches: unknown = { [name]: isNumber(name) && /^\d+$/.test(value) ? Number(value) : value };
  if (isSwitches(switches)) return { value: switches };
  return {
    error: isNumber(name)
      ? `${name} must be a whole number of ${numbers[name].what}, not '${value}'`
      : `'${value}' is no value of ${name}: it takes ${known.values.join(', ')}`,
  };
};
