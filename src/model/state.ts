import type { Diagnostic } from './diagnostic.ts';
import type { DesiredResource, LiveResource, Origin } from './resource.ts';

/** How a kind is treated: salesiq.yaml, `kinds`. */
export interface KindPolicy {
  readonly mode: 'manage' | 'observe' | 'ignore';
  readonly unmanaged: 'keep' | 'delete' | 'error';
  /** Whether plans may create and delete; absent: as the kind has it. */
  readonly create?: boolean;
  readonly delete?: boolean;
  /** The key of the one that takes over what was in deleted ones. */
  readonly moveTo?: string;
}

/** An order list as written: keys of one app's rules; `star` is the place of `"*"` among them (index in keys), if it is there. */
export interface DesiredOrder {
  readonly kind: string;
  readonly app: string;
  readonly keys: readonly string[];
  readonly star?: number;
  /** Undescribed live rules that have a place in the list all the same, by id: their index in keys. */
  readonly anchors?: Readonly<Record<string, number>>;
  readonly origin: Origin;
}

/** The files as they were last applied: what is in there was ours. */
export interface Base {
  readonly resources: readonly DesiredResource[];
  readonly orders: readonly DesiredOrder[];
  readonly protect: readonly string[];
}

/** What the files say, for one portal. */
export interface Desired {
  readonly portal: string;
  /** Kinds that stand in the files (even with an empty list): only these are managed. */
  readonly kinds: readonly string[];
  readonly resources: readonly DesiredResource[];
  readonly orders: readonly DesiredOrder[];
  readonly policies: Readonly<Record<string, KindPolicy>>;
}

/** A value that the service reports and for which it documents no write. */
export interface Report {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
}

/** What the service has, for the kinds that were read. `resources` of ordered kinds stand in the reported order, within each app. */
export interface Live {
  readonly resources: Readonly<Record<string, readonly LiveResource[]>>;
  readonly reports: readonly Report[];
  /** How many GET calls it took. */
  readonly reads: number;
  readonly diagnostics: readonly Diagnostic[];
}
