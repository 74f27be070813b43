/**
 * The criteria model (rules.md 2): groups that must all hold, each of which
 * holds if one of its criteria does. In files a group of one criterion is
 * written as that criterion and a larger one as `any: […]`; the spec keeps
 * that form, so that a difference is shown where people wrote it. On the wire
 * it is and_criteria / or_criteria, in capitals for lead scoring alone (2.2).
 */
import { type CriteriaVocabulary, isList, isObject, type Json, type JsonObject, type Schema, ShapeError } from '../model/index.ts';
import { listAt, objectsIn, present, textAt, textsOrNone } from './read.ts';
import { anyText, listOf, mapping, openWord, text } from './schema.ts';
import { comparators } from './vocabulary.ts';

export interface CriteriaKeys {
  readonly all: string;
  readonly any: string;
}

export const lowerCase: CriteriaKeys = { all: 'and_criteria', any: 'or_criteria' };
export const upperCase: CriteriaKeys = { all: 'AND_criteria', any: 'OR_criteria' };

/** The schema of `when`, with the field names of one module to complete. */
export const criteriaSchema = (vocabulary: CriteriaVocabulary): Schema => {
  const criterion = mapping(
    'One test of one field.',
    {
      field: openWord("What is tested (the service's field_name).", Object.keys(vocabulary.fields)),
      comparator: openWord('How it is tested.', comparators),
      values: listOf(anyText('A value to compare with.'), 'What it is compared with, as texts.'),
      sub_field: text('For integration fields: the label of the field inside the integration, such as "No of Open Deals".'),
      integration: text("For integration fields: the integration, such as zohocrm (the service's integ_name)."),
    },
    ['field', 'comparator'],
  );
  const group = {
    anyOf: [
      criterion,
      mapping('Holds if one of these holds.', { any: { type: 'array', items: criterion, minItems: 1, description: 'One of these.' } }, ['any']),
    ],
  };
  return { type: 'array', items: group, minItems: 1, description: 'All of these must hold; each is one criterion or `any: […]`.' };
};

const asGroup = (criteria: readonly JsonObject[]): JsonObject => {
  const [only] = criteria;
  return criteria.length === 1 && only !== undefined ? only : { any: criteria };
};

/** `when` in its one form: a group of one is the criterion itself, and values are always there. */
export const normaliseWhen = (when: Json): Json => {
  if (!isList(when)) return when;
  const criterion = (written: Json): Json => (isObject(written) && written['values'] === undefined ? { ...written, values: [] } : written);
  return when.map((group) => {
    if (!isObject(group)) return group;
    const any = group['any'];
    return isList(any) ? asGroup(any.map(criterion).filter(isObject)) : criterion(group);
  });
};

const criterionFromApi = (raw: JsonObject): JsonObject => {
  // The prose says sub_fields, every sample sub_field (rules.md 2.1): both are read.
  const subField = raw['sub_field'] ?? raw['sub_fields'];
  return present({
    field: textAt(raw, 'field_name'),
    comparator: textAt(raw, 'comparator'),
    values: textsOrNone(raw, 'values'),
    sub_field: subField === undefined || subField === null ? undefined : textAt({ sub_field: subField }, 'sub_field'),
    integration: raw['integ_name'] === undefined || raw['integ_name'] === null ? undefined : textAt(raw, 'integ_name'),
  });
};

const eitherCase = (raw: JsonObject, keys: CriteriaKeys, part: keyof CriteriaKeys): readonly Json[] => {
  const other = keys === upperCase ? lowerCase : upperCase;
  return listAt(raw, raw[keys[part]] === undefined && raw[other[part]] !== undefined ? other[part] : keys[part]);
};

/** Raw rule → `when`. Either case of the keys is read. Throws ShapeError. */
export const whenFromApi = (raw: JsonObject, keys: CriteriaKeys): Json =>
  objectsIn(eitherCase(raw, keys, 'all'), keys.all).map((group) => asGroup(objectsIn(eitherCase(group, keys, 'any'), keys.any).map(criterionFromApi)));

const criterionToApi = (criterion: JsonObject): JsonObject =>
  present({
    field_name: criterion['field'],
    comparator: criterion['comparator'],
    values: criterion['values'] ?? [],
    sub_field: criterion['sub_field'],
    integ_name: criterion['integration'],
  });

/** `when` → the service's groups, in the given case. */
export const whenToApi = (when: Json | undefined, keys: CriteriaKeys): Json => {
  if (!isList(when)) throw new ShapeError('when should be a list');
  return objectsIn(when, 'when').map((group) => {
    const any = group['any'];
    return { [keys.any]: (isList(any) ? objectsIn(any, 'any') : [group]).map(criterionToApi) };
  });
};
