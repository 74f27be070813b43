/**
 * Kinds that refer to each other: lists whose members are not there yet are
 * left short, remembered, and filled when all that is new has been made.
 */
import { type IdOf, isList, type JsonObject, type Kind, type Live, lookupOf, type Outcome, ShapeError } from '../model/index.ts';
import { memberCalls } from './lower.ts';
import { idKey, type OpenList, outcome, type RunContext } from './run-context.ts';
import { settleCall } from './settle-call.ts';

/**
 * The spec without references to what is not there yet, in lists that can be
 * filled later. Until then those that are in it stay; where nobody would be
 * left, somebody live stands in.
 */
export const withoutPending = (
  kind: Kind,
  spec: JsonObject,
  idOf: IdOf,
  live: Live,
  was: JsonObject,
): { readonly spec: JsonObject; readonly open: readonly Pick<OpenList, 'field' | 'missing' | 'standIns'>[] } => {
  const isThere = (name: string, key: string): boolean => {
    try {
      return idOf(name, key) !== '';
    } catch (error) {
      if (error instanceof ShapeError) return false;
      throw error;
    }
  };
  const open = kind.refs
    .filter(({ later }) => later === true)
    .flatMap((ref) => {
      const field = ref.path.replace(/\[\]$/, '');
      const list = spec[field];
      const keys = isList(list) ? list.map(String) : [];
      const missing = keys.filter((key) => !isThere(ref.kind, key));
      const there = keys.filter((key) => !missing.includes(key));
      const before = was[field];
      const leaving = (isList(before) ? before.map(String) : []).filter((key) => !keys.includes(key));
      // Nobody leaves before everybody has come: one who changes from one list to another is never in none.
      if (leaving.length > 0) return [{ field, missing, standIns: leaving, left: [...there, ...leaving] }];
      if (missing.length === 0) return [];
      const standIn = (live.resources[ref.kind] ?? []).find((one) => one.retired !== true && one.spec['enabled'] !== false)?.key;
      return [{ field, missing, standIns: there.length > 0 || standIn === undefined ? [] : [standIn], left: there }];
    });
  const filled = Object.fromEntries(open.map(({ field, left, standIns }) => [field, left.length === 0 ? standIns : left]));
  return { spec: { ...spec, ...filled }, open };
};

/** Fills the lists of new ones that had to wait for others; gives what became of those that could not be filled. */
export const fillOpenLists = async (context: RunContext, live: Live): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  while (context.open[0] !== undefined) {
    const { change, kind, id, field, missing, standIns } = context.open[0];
    const rule = kind.requests.members?.find((one) => one.field === field);
    const named = kind.refs.find(({ path }) => path === `${field}[]`)?.kind ?? '';
    const known = lookupOf(live);
    const idsOf = (keys: readonly string[]): readonly string[] => keys.flatMap((key) => context.created.get(idKey(named, key)) ?? known(named, key)[0] ?? []);
    const leaving = standIns.filter((key) => !context.isDoomed(named, key));
    const short = outcome(change, 'unknown', { message: `written, but its ${field} are not complete yet`, hint: 'Run apply again: it goes on from there.' });
    if (idsOf(missing).length < missing.length) outcomes.push(short);
    for (const call of rule === undefined ? [] : memberCalls(rule, id, idsOf(missing), idsOf(leaving))) {
      const settled = await settleCall(context, kind, change, call, new Set(), id);
      if (settled.state === 'landed') continue;
      outcomes.push(settled.state === 'stopped' || settled.state === 'unsent' ? short : outcome(change, settled.state, settled.error));
      break;
    }
    context.open.shift();
  }
  return outcomes;
};
