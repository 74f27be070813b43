/**
 * A plan fit to be shown: values that must not be seen are taken out of every
 * text of it before it is laid out. Afterwards it would be too late: a value
 * that was shortened, wrapped or escaped for Markdown is no longer found.
 */
import {
  type BaseNote,
  type Change,
  type Diagnostic,
  type FieldChange,
  isList,
  isObject,
  type Json,
  type ListPlace,
  type Origin,
  type Outcome,
  type OutcomeError,
  type Plan,
} from '../model/index.ts';
import type { Sources } from '../report/index.ts';

type Hide = (text: string) => string;

/** Every text of a value, names of fields too. */
export const hideJson = (value: Json, hide: Hide): Json => {
  if (typeof value === 'string') return hide(value);
  if (isList(value)) return value.map((entry) => hideJson(entry, hide));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [hide(key), hideJson(entry, hide)])) : value;
};

const ofField = (field: FieldChange, hide: Hide): FieldChange => ({
  ...field,
  path: hide(field.path),
  from: field.from === undefined ? undefined : hideJson(field.from, hide),
  to: field.to === undefined ? undefined : hideJson(field.to, hide),
});

const placed = <T extends { readonly origin?: Origin }>(one: T, hide: Hide): T =>
  one.origin === undefined ? one : { ...one, origin: { ...one.origin, file: hide(one.origin.file) } };

const inApp = <T extends { readonly app?: string }>(one: T, hide: Hide): T => (one.app === undefined ? one : { ...one, app: hide(one.app) });

const named = <T extends { readonly key: string; readonly address: string }>(one: T, hide: Hide): T => ({
  ...one,
  key: hide(one.key),
  address: hide(one.address),
});

const ofChange = (change: Change, hide: Hide): Change => {
  const shown = { ...placed(inApp(named(change, hide), hide), hide), fields: change.fields.map((field) => ofField(field, hide)) };
  if (shown.action !== 'delete') return shown;
  return { ...shown, reason: hide(shown.reason), ...(shown.heir === undefined ? {} : { heir: hide(shown.heir) }) };
};

const said = <T extends { readonly message: string; readonly hint?: string; readonly address?: string; readonly origin?: Origin }>(one: T, hide: Hide): T => ({
  ...placed(one, hide),
  message: hide(one.message),
  ...(one.hint === undefined ? {} : { hint: hide(one.hint) }),
  ...(one.address === undefined ? {} : { address: hide(one.address) }),
});

const ofBase = (base: BaseNote, hide: Hide): BaseNote => (base.state === 'none' ? { ...base, reason: hide(base.reason) } : { ...base, ref: hide(base.ref) });

/** The plan with every text passed through `hide`. */
export const hidePlan = (plan: Plan, hide: Hide): Plan => {
  const places = (list: readonly ListPlace[]): readonly ListPlace[] => list.map((place) => named(place, hide));
  return {
    ...plan,
    portal: hide(plan.portal),
    changes: plan.changes.map((change) => ofChange(change, hide)),
    observed: plan.observed.map((change) => ofChange(change, hide)),
    unmanaged: plan.unmanaged.map((one) => inApp(named(one, hide), hide)),
    groups: plan.groups.map((group) => inApp(group, hide)),
    lists: plan.lists.map((list) => ({ ...list, app: hide(list.app), before: places(list.before), after: places(list.after) })),
    reports: plan.reports.map((report) => ({ ...report, name: hide(report.name), value: hide(report.value) })),
    diagnostics: plan.diagnostics.map((one) => said(one, hide)),
    refusals: plan.refusals.map((one) => said(one, hide)),
    ...(plan.base === undefined ? {} : { base: ofBase(plan.base, hide) }),
  };
};

/** The same for findings that belong to no plan. */
export const hideDiagnostics = (diagnostics: readonly Diagnostic[], hide: Hide): readonly Diagnostic[] => diagnostics.map((one) => said(one, hide));

/** The lines of files, passed through `hide` as well. */
export const hideSources =
  (sources: Sources, hide: Hide): Sources =>
  (file) => {
    const text = sources(file);
    return text === undefined ? undefined : hide(text);
  };

/** What the service said, and where. */
export const hideError = (error: OutcomeError, hide: Hide): OutcomeError => ({
  ...error,
  message: hide(error.message),
  ...(error.path === undefined ? {} : { path: hide(error.path) }),
  ...(error.field === undefined ? {} : { field: hide(error.field) }),
  ...(error.hint === undefined ? {} : { hint: hide(error.hint) }),
});

/** The same for outcomes; what the service said is in their errors. */
export const hideOutcomes = (outcomes: readonly Outcome[], hide: Hide): readonly Outcome[] =>
  outcomes.map((outcome) => ({
    ...outcome,
    address: hide(outcome.address),
    ...(outcome.error === undefined ? {} : { error: hideError(outcome.error, hide) }),
  }));
