/** What the parts of a run share: how to send and to read, what was made so far, and what still waits. */
import { type Change, type IdOf, type Kind, type Live, lookupOf, type Outcome, type OutcomeError, type Plan, ShapeError } from '../model/index.ts';
import type { EnableForm } from './lower.ts';
import type { Patience } from './patience.ts';
import type { Sender } from './send.ts';

export type PlainChange = Exclude<Change, { readonly action: 'move' }>;

/** The portal as it is now, and the plan that is left from there. */
export interface View {
  readonly live: Live;
  readonly plan: Plan;
}

/** A write that landed, and how to see that a list shows it. */
export interface Witness {
  readonly at: number;
  readonly isShown: (view: View) => boolean;
}

export interface RunContext {
  readonly kinds: readonly Kind[];
  readonly sender: Sender;
  readonly patience: Patience;
  /** Reads these kinds anew, everything else as last read, and plans again. */
  readonly look: (kinds: readonly string[]) => Promise<View>;
  readonly form: EnableForm;
  /** Ids of what this run has created, by kind and key. */
  readonly created: Map<string, string>;
  /** Lists of new ones that lack who was not there yet: filled when all are. */
  readonly open: OpenList[];
  /** Whether the plan deletes what a reference names. */
  readonly isDoomed: (kind: string, key: string) => boolean;
  /** The last write to each kind that is known to have landed: once a list shows it, it tells how prompt the lists are. */
  readonly written: Map<string, Witness>;
}

/** A list of a new resource that is still to be filled, and who stands in until then. */
export interface OpenList {
  readonly change: PlainChange;
  readonly kind: Kind;
  readonly id: string;
  readonly field: string;
  readonly missing: readonly string[];
  readonly standIns: readonly string[];
}

export const idKey = (kind: string, key: string): string => `${kind}\n${key}`;

/** References resolve to live ids, and to those of this run. Throws ShapeError for a name that nothing carries. */
export const idOfIn = (live: Live, created: ReadonlyMap<string, string>): IdOf => {
  const lookup = lookupOf(live);
  return (kind, key) => {
    const id = created.get(idKey(kind, key)) ?? lookup(kind, key)[0];
    // `#id` stands for an id that nothing live carries: it is sent back as it came.
    if (id === undefined && key.startsWith('#')) return key.slice(1);
    if (id === undefined) throw new ShapeError(`nothing in ${kind} is called "${key}"`);
    return id;
  };
};

/** What became of a change. */
export const outcome = (change: PlainChange, state: Outcome['state'], error?: OutcomeError): Outcome => ({
  address: change.address,
  action: change.action,
  state,
  ...(error === undefined ? {} : { error }),
});
