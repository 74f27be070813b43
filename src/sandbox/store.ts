/** Holds the state of the portal: one write at a time, each kept in the file before anyone hears of it. */
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { parseJson, printWide } from './json.ts';
import { numberAnew, sorted } from './order.ts';
import { renumberAll } from './resources/ordered-rules.ts';
import { stateFromSeed } from './seed.ts';
import { SeedError } from './seed-entry.ts';
import type { OrderedRule, PortalState } from './state.ts';
import type { Switches } from './switches.ts';

export interface Store {
  readonly state: () => PortalState;
  /** The portal as lists of a resource show it. @param resource first path segment */
  readonly listed: (resource: string, now: number) => PortalState;
  /** Lists of the resource stay as they are until a time. */
  readonly hold: (resource: string, until: number) => void;
  /** Runs one piece of work at a time, in the order of asking. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Makes a state the present one and keeps it in the file. */
  readonly commit: (state: PortalState) => Promise<void>;
  /** The same for changes from outside, which do not wait for the file; `close` does. */
  readonly put: (state: PortalState) => void;
  /** Waits for everything that is under way. */
  readonly close: () => Promise<void>;
}

export const openStore = (start: PortalState, file: string | undefined): Store => {
  let state = start;
  let saved: PortalState | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let held: readonly { readonly resource: string; readonly until: number; readonly before: PortalState }[] = [];

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  };
  const save = async (): Promise<void> => {
    if (file === undefined || saved === state) return;
    const saving = state;
    await writeFileAtomic(file, `${printWide(saving)}\n`, { mode: 0o600 });
    saved = saving;
  };
  return {
    state: () => state,
    listed: (resource, now) => {
      held = held.filter(({ until }) => until > now);
      return held.find((hold) => hold.resource === resource)?.before ?? state;
    },
    hold: (resource, until) => {
      held = [...held, { resource, until, before: state }];
    },
    inTurn,
    commit: (next) => {
      state = next;
      return save();
    },
    put: (next) => {
      state = next;
      void inTurn(save).catch(() => undefined);
    },
    close: async () => {
      await inTurn(save);
    },
  };
};

/**
 * The state of the file if it exists, else of the seed, else of a new portal.
 *
 * @throws SeedError for a file that is no JSON, no state, or a bad seed
 */
export const firstState = async (file: string | undefined, seed: string | object | undefined, now: number, switches: Switches): Promise<PortalState> => {
  const kept = file === undefined ? undefined : await textOf(file);
  if (file !== undefined && kept !== undefined)
    return renumberAll(stateFromSeed(parsed(kept, `state file ${file}`), `state file ${file}`, now, switches), switches);
  if (typeof seed !== 'string') return stateFromSeed(seed ?? {}, 'seed', now, switches);
  const text = await textOf(seed);
  if (text === undefined) throw new SeedError(`seed ${seed}: there is no such file`);
  return stateFromSeed(parsed(text, `seed ${seed}`), `seed ${seed}`, now, switches);
};

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const parsed = (text: string, origin: string): unknown => {
  try {
    return parseJson(text);
  } catch (error) {
    throw new SeedError(`${origin}: is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/**
 * A state as another hand has left it. Where the order of a list was changed,
 * or rules came or went, the list is numbered in the order in which it stands;
 * where only numbers were changed, they hold.
 */
export const settled = (before: PortalState, after: PortalState, switches: Switches): PortalState => {
  const settle = <R extends OrderedRule>(old: readonly R[], now: readonly R[]): R[] =>
    old.map(({ id }) => id).join() === now.map(({ id }) => id).join() ? sorted(now) : numberAnew(now, switches);
  return {
    ...after,
    visitor_routing_rules: settle(before.visitor_routing_rules, after.visitor_routing_rules),
    chat_routing_rules: settle(before.chat_routing_rules, after.chat_routing_rules),
    call_routing_rules: settle(before.call_routing_rules, after.call_routing_rules),
    trigger_rules: settle(before.trigger_rules, after.trigger_rules),
  };
};
