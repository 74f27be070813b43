import type { Diagnostic, Refusal } from './diagnostic.ts';
import type { Json, JsonObject } from './json.ts';
import type { Address, Origin } from './resource.ts';
import type { Report } from './state.ts';

/** One field that differs. `from` or `to` is undefined where the field is absent on that side; both are undefined when `sensitive`. */
export interface FieldChange {
  readonly path: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** Whose change it is, where a base is known. */
  readonly side?: Side;
  /** The value comes from the environment: it is never shown. */
  readonly sensitive?: true;
  /** Stands for both values in the fingerprint where they are hidden; never shown or stored. */
  readonly digest?: string;
}

/** Whose change it is: the files differ from what was last applied, live does, or both do. */
export type Side = 'yours' | 'drift' | 'both';

interface ChangeCommon {
  readonly kind: string;
  readonly address: Address;
  readonly key: string;
  readonly app?: string;
  /** The place in the files that causes it; absent for what the files do not describe. */
  readonly origin?: Origin;
  readonly fields: readonly FieldChange[];
  /** Whose change it is, where a base is known. */
  readonly side?: Side;
}

/** A step. `spec` is the whole normalised spec to be reached (files over live). Places (`place`, `from`, `to`) count from 1 within the app's list. `heir`: the key of the one that takes over what was in it. */
export type Change =
  | (ChangeCommon & { readonly action: 'create'; readonly spec: JsonObject; readonly place?: number })
  | (ChangeCommon & { readonly action: 'update'; readonly id: string; readonly spec: JsonObject })
  | (ChangeCommon & { readonly action: 'delete'; readonly id: string; readonly place?: number; readonly reason: string; readonly heir?: string })
  | (ChangeCommon & { readonly action: 'move'; readonly id: string; readonly from: number; readonly to: number });

export type Action = Change['action'];

/** One ordered list, before and after. New rules have no id yet. */
export interface ListPlan {
  readonly kind: string;
  readonly app: string;
  readonly before: readonly ListPlace[];
  readonly after: readonly ListPlace[];
  /** How many calls are needed to place rules, new ones included, if places shift and new rules come last. */
  readonly moves: number;
}

export interface ListPlace {
  readonly key: string;
  readonly address: Address;
  readonly id?: string;
  /** Rules that we do not own, and rules outside `--target`: never moved. */
  readonly fixed: boolean;
  /** Where it belongs in the order list; rules of one rank may stand in any order among themselves. Absent for rules that may stand anywhere. */
  readonly rank?: number;
}

/** A live resource that the files do not describe. */
export interface Unmanaged {
  readonly kind: string;
  readonly address: Address;
  readonly key: string;
  readonly app?: string;
  readonly id: string;
}

export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly move: number;
}

export interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly seconds: number;
}

/** Counts of one group of the text plan: a kind, or one app of it. */
export interface GroupCount {
  readonly kind: string;
  readonly app?: string;
  readonly live: number;
  readonly managed: number;
}

/** How much of a limit the plan uses up: so many of a kind's resources are deleted or updated. */
export interface LimitUse {
  readonly what: 'deletes' | 'updates';
  readonly kind: string;
  readonly count: number;
  /** Of how many resources the share is taken. */
  readonly of: number;
  /** The share allowed, 0 to 1. */
  readonly limit: number;
}

export interface Plan {
  readonly formatVersion: 1;
  readonly portal: string;
  readonly fingerprint: string;
  readonly changes: readonly Change[];
  readonly lists: readonly ListPlan[];
  readonly groups: readonly GroupCount[];
  readonly unmanaged: readonly Unmanaged[];
  /** Differences of kinds in observe mode: shown, never written. */
  readonly observed: readonly Change[];
  readonly reports: readonly Report[];
  readonly diagnostics: readonly Diagnostic[];
  readonly refusals: readonly Refusal[];
  readonly summary: Summary;
  readonly cost: Cost;
  /** How much of the limits is used up, for kinds that have something deleted or updated. */
  readonly limits?: readonly LimitUse[];
  /** What the files were compared with besides the portal. */
  readonly base?: BaseNote;
}

/** The files as last applied: where they came from, or why they are not known. */
export type BaseNote = { readonly state: 'used'; readonly ref: string; readonly commit: string } | { readonly state: 'none'; readonly reason: string };
