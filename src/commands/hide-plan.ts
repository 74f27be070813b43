/**
 * A plan fit to be shown: values that must not be seen are taken out of every
 * text of it before it is laid out. Afterwards it would be too late: a value
 * that was shortened, wrapped or escaped for Markdown is no longer found.
 */
import { type Change, type FieldChange, isList, isObject, type Json, type ListPlace, type Outcome, type Plan } from '../model/index.ts';

type Hide = (text: string) => string;

const inJson = (value: Json, hide: Hide): Json => {
  if (typeof value === 'string') return hide(value);
  if (isList(value)) return value.map((entry) => inJson(entry, hide));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [hide(key), inJson(entry, hide)])) : value;
};

const ofField = (field: FieldChange, hide: Hide): FieldChange => ({
  ...field,
  path: hide(field.path),
  from: field.from === undefined ? undefined : inJson(field.from, hide),
  to: field.to === undefined ? undefined : inJson(field.to, hide),
});

const named = <T extends { readonly key: string; readonly address: string }>(one: T, hide: Hide): T => ({
  ...one,
  key: hide(one.key),
  address: hide(one.address),
});

const ofChange = (change: Change, hide: Hide): Change => {
  const shown = { ...named(change, hide), fields: change.fields.map((field) => ofField(field, hide)) };
  return change.app === undefined ? shown : { ...shown, app: hide(change.app) };
};

const said = <T extends { readonly message: string }>(one: T, hide: Hide): T => ({ ...one, message: hide(one.message) });

/** The plan with every text passed through `hide`. */
export const hidePlan = (plan: Plan, hide: Hide): Plan => {
  const places = (list: readonly ListPlace[]): readonly ListPlace[] => list.map((place) => named(place, hide));
  return {
    ...plan,
    changes: plan.changes.map((change) => ofChange(change, hide)),
    observed: plan.observed.map((change) => ofChange(change, hide)),
    unmanaged: plan.unmanaged.map((one) => named(one, hide)),
    lists: plan.lists.map((list) => ({ ...list, before: places(list.before), after: places(list.after) })),
    reports: plan.reports.map((report) => ({ ...report, value: hide(report.value) })),
    diagnostics: plan.diagnostics.map((one) => said(one, hide)),
    refusals: plan.refusals.map((one) => said(one, hide)),
  };
};

/** The same for outcomes; what the service said is in their errors. */
export const hideOutcomes = (outcomes: readonly Outcome[], hide: Hide): readonly Outcome[] =>
  outcomes.map((outcome) => ({
    ...outcome,
    address: hide(outcome.address),
    ...(outcome.error === undefined ? {} : { error: said(outcome.error, hide) }),
  }));
