/** A plan as JSON: config-schema/plan.schema.json says what stands in it. Keys in a fixed order; what is not there is absent, never null. */
import {
  type Change,
  canonicalJson,
  type Diagnostic,
  type FieldChange,
  type Json,
  type JsonObject,
  type ListPlan,
  type Origin,
  type Outcome,
  type Plan,
  type Refusal,
} from '../model/index.ts';
import type { ErrorInfo } from './error-text.ts';

/** What may stand beside the plan: what became of it, and the error that ended the command. */
export interface PlanJsonExtra {
  readonly outcomes?: readonly Outcome[];
  readonly error?: ErrorInfo;
  /** The name of the run. */
  readonly run?: string;
  /** What has moved since the plan was made. */
  readonly moved?: readonly string[];
}

/** The mapping without the keys that have no value, in the order in which they are written. */
const present = (pairs: Readonly<Record<string, Json | undefined>>): JsonObject => {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(pairs)) if (value !== undefined) kept[key] = value;
  return kept;
};

const originJson = (origin: Origin | undefined): Json | undefined =>
  origin === undefined ? undefined : { file: origin.file, line: origin.line, column: origin.column };

const fieldJson = ({ path, from, to, side, sensitive }: FieldChange): JsonObject =>
  sensitive === true ? present({ path, sensitive, side }) : present({ path, from, to, side });

const changeJson = (change: Change): JsonObject =>
  present({
    action: change.action,
    kind: change.kind,
    address: change.address,
    key: change.key,
    app: change.app,
    id: 'id' in change ? change.id : undefined,
    origin: originJson(change.origin),
    place: 'place' in change ? change.place : undefined,
    from: change.action === 'move' ? change.from : undefined,
    to: change.action === 'move' ? change.to : undefined,
    reason: change.action === 'delete' ? change.reason : undefined,
    side: change.side,
    fields: change.fields.map(fieldJson),
  });

const diagnosticJson = ({ severity, code, message, origin, address, hint }: Diagnostic): JsonObject =>
  present({ severity, code, message, origin: originJson(origin), address, hint });

const refusalJson = ({ code, message, address, origin, hint }: Refusal): JsonObject => present({ code, message, address, origin: originJson(origin), hint });

const listJson = ({ kind, app, before, after, moves }: ListPlan): JsonObject => ({
  kind,
  app,
  before: before.map(({ address }) => address),
  after: after.map(({ address }) => address),
  moves,
});

/** Lists that stay as they are would be most of the text. */
const isChanged = ({ before, after }: ListPlan): boolean =>
  before.length !== after.length || before.some(({ address }, index) => address !== after[index]?.address);

const errorInfoJson = ({ message, code, field, method, path, hint }: ErrorInfo): JsonObject => present({ message, code, field, method, path, hint });

const outcomeJson = ({ address, action, state, error }: Outcome): JsonObject =>
  present({ address, action, state, error: error === undefined ? undefined : errorInfoJson(error) });

const baseJson = ({ base }: Plan): JsonObject | undefined =>
  base === undefined
    ? undefined
    : base.state === 'used'
      ? { state: base.state, ref: base.ref, commit: base.commit }
      : { state: base.state, reason: base.reason };

/** The one document of `plan --json`, and of `apply --json` with its outcomes. */
export const planJson = (plan: Plan, extra: PlanJsonExtra = {}): JsonObject =>
  present({
    format_version: plan.formatVersion,
    portal: plan.portal,
    fingerprint: plan.fingerprint,
    changes: plan.changes.map(changeJson),
    unmanaged: plan.unmanaged.map(({ kind, address, key, app, id }) => present({ kind, address, key, app, id })),
    observed: plan.observed.map(changeJson),
    diagnostics: plan.diagnostics.map(diagnosticJson),
    refusals: plan.refusals.map(refusalJson),
    summary: { create: plan.summary.create, update: plan.summary.update, delete: plan.summary.delete, move: plan.summary.move },
    cost: { reads: plan.cost.reads, writes: plan.cost.writes, seconds: plan.cost.seconds },
    groups: plan.groups.map(({ kind, app, live, managed }) => present({ kind, app, live, managed })),
    lists: plan.lists.filter(isChanged).map(listJson),
    reports: plan.reports.map(({ kind, name, value }) => ({ kind, name, value })),
    limits: plan.limits?.map(({ what, kind, count, of, limit }) => ({ what, kind, count, of, limit })),
    base: baseJson(plan),
    run: extra.run,
    moved: extra.moved,
    outcomes: extra.outcomes?.map(outcomeJson),
    error: extra.error === undefined ? undefined : errorInfoJson(extra.error),
  });

export interface ErrorJsonInput {
  readonly error: ErrorInfo;
  readonly diagnostics?: readonly Diagnostic[];
  /** The plan, where the command came that far. */
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
}

/** The one document of a failing command. Findings that the plan has too stand once. */
export const errorJson = ({ error, diagnostics = [], plan, outcomes }: ErrorJsonInput): JsonObject => {
  if (plan === undefined)
    return present({ format_version: 1, diagnostics: diagnostics.map(diagnosticJson), outcomes: outcomes?.map(outcomeJson), error: errorInfoJson(error) });
  const known = new Set(plan.diagnostics.map((one) => canonicalJson(diagnosticJson(one))));
  const others = diagnostics.filter((one) => !known.has(canonicalJson(diagnosticJson(one))));
  return planJson({ ...plan, diagnostics: [...plan.diagnostics, ...others] }, { ...(outcomes === undefined ? {} : { outcomes }), error });
};
