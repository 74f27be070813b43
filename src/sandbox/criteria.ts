/**
 * The criteria of a rule (rules.md 2): groups that must all hold, each with
 * criteria of which one must. The outer and inner keys are upper-case for lead
 * scoring and lower-case everywhere else, and are taken in that case only.
 */
import type { Json } from './json.ts';
import { child, complain, elements, isAbsent, optional, type Spot, text, texts } from './spot.ts';
import type { Criterion, Group } from './state.ts';
import type { Switches } from './switches.ts';
import { comparators } from './vocabulary.ts';

/** The inner key that stands within an outer one. */
const innerOf = (outer: string): string => outer.replace(/^AND/, 'OR').replace(/^and/, 'or');

export interface Words {
  /** Field names known for this family. */
  readonly fields: ReadonlySet<string>;
  readonly vocabulary: Switches['vocabulary'];
}

/** @param spot the list under `and_criteria` or `AND_criteria` */
export const readCriteria = (spot: Spot, words: Words): Group[] => readGroups(spot, innerOf(spot.path.split('.').at(-1) ?? spot.path), words);

/** @param inner the key of the list within each group */
export const readGroups = (spot: Spot, inner: string, words: Words): Group[] =>
  elements(spot).map((group) => ({ or_criteria: elements(child(group, inner)).map((criterion) => readCriterion(criterion, words)) }));

const readCriterion = (spot: Spot, words: Words): Criterion => {
  const subField = child(spot, 'sub_field');
  const sub = optional(isAbsent(subField) ? child(spot, 'sub_fields') : subField, text, undefined);
  const integration = optional(child(spot, 'integ_name'), text, undefined);
  return {
    field_name: knownWord(child(spot, 'field_name'), words.fields, words.vocabulary),
    comparator: knownWord(child(spot, 'comparator'), comparators, words.vocabulary),
    values: texts(child(spot, 'values')),
    ...(sub === undefined ? {} : { sub_field: sub }),
    ...(integration === undefined ? {} : { integ_name: integration }),
  };
};

/** Any word in the lax mode; under `vocabulary=strict` one of those that the pages show. */
export const knownWord = (spot: Spot, known: ReadonlySet<string>, vocabulary: Switches['vocabulary']): string => {
  const word = text(spot);
  return vocabulary === 'lax' || known.has(word) ? word : complain(spot, 'value', 'is not a documented word');
};

/** @param outer `and_criteria` or `AND_criteria` */
export const showCriteria = (groups: readonly Group[], outer: 'and_criteria' | 'AND_criteria', switches: Switches): Json =>
  groups.map((group) => ({ [innerOf(outer)]: group.or_criteria.map((criterion) => showCriterion(criterion, switches)) }));

const showCriterion = (criterion: Criterion, switches: Switches): Json => ({
  field_name: criterion.field_name,
  comparator: criterion.comparator,
  ...(criterion.sub_field === undefined ? {} : { [switches['sub-field-name']]: criterion.sub_field }),
  values: criterion.values,
  ...(criterion.integ_name === undefined ? {} : { integ_name: criterion.integ_name }),
});
