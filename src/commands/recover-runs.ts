/**
 * What an earlier run that was cut off has left open: found out by reading,
 * said, and written to its journal. A write is judged by what it was about: a
 * new one by what is live and was not in the snapshot, a change by the fields
 * that its call carried, a delete by the id. Nothing here decides what is
 * sent: the plan is made from live in any case.
 */
import { conceal, encode, finishRun, type JournalLine, type OpenWrite, openWrites, type Run, readRuns, readSnapshot } from '../apply/index.ts';
import { addressOf, isList, isObject, type Json, type Live, type LiveResource, type Portal } from '../model/index.ts';
import { diffSpecs } from '../plan/index.ts';
import { escapeText } from '../report/index.ts';
import type { WriteOptions } from './carry-out.ts';
import { placeText } from './hold-portal.ts';
import type { Planned } from './plan-portal.ts';
import type { Files } from './read-files.ts';
import type { Terminal } from './terminal.ts';

/** How old a write must be before its absence counts, in milliseconds: a service may still be at work on it. */
const graceMilliseconds = 2_000;
const pauseMilliseconds = 500;

/** A run that was cut off, with what is known of the time before it. */
interface CutRun {
  readonly run: Run;
  readonly writes: readonly OpenWrite[];
  /** Kind and id, on two lines → the spec as stored; absent where the run has no snapshot. */
  readonly before: ReadonlyMap<string, Json> | undefined;
  /** Kind and id of what the run is known to have created. */
  readonly created: ReadonlySet<string>;
}

interface Verdict {
  readonly word: 'landed' | 'did not land' | 'cannot be told';
  /** Of what it created. */
  readonly id?: string;
}

const kindOf = (address: string): string => address.split('/')[0] ?? '';

const specsIn = (snapshot: Json | undefined): ReadonlyMap<string, Json> | undefined => {
  const list = isObject(snapshot) ? snapshot['resources'] : undefined;
  if (!isList(list)) return undefined;
  return new Map(list.flatMap((one) => (isObject(one) ? [[`${String(one['kind'])}\n${String(one['id'])}`, one['spec'] ?? null] as const] : [])));
};

const cutRun = async (run: Run, dir: string): Promise<CutRun> => ({
  run,
  writes: openWrites(run),
  before: specsIn(await readSnapshot(dir, run.run).catch(() => undefined)),
  created: new Set(
    run.lines.flatMap(({ event, address, note }) =>
      event === 'created' && address !== undefined && note !== undefined ? [`${kindOf(address)}\n${note}`] : [],
    ),
  ),
});

const touches = (path: string, other: string): boolean =>
  path === other || ['.', '['].some((step) => path.startsWith(`${other}${step}`) || other.startsWith(`${path}${step}`));

const judge = (write: OpenWrite, { before, created }: CutRun, planned: Planned, secrets: Files['secrets']): Verdict => {
  const { live } = planned.look;
  const kind = kindOf(write.address);
  const there = live.resources[kind];
  const described = planned.recipe.desired.resources.some((resource) => addressOf(resource) === write.address);
  const open = planned.plan.changes.some(({ address, action }) => address === write.address && action === write.action);
  // The second call of a creation switches what the first has made on or off: the creation itself landed before.
  if (write.action === 'create' && write.id !== undefined) {
    if (!described) return { word: 'cannot be told' };
    const isSwitchOpen = planned.plan.changes.some(({ address, action }) => address === write.address && action === 'update');
    return { word: isSwitchOpen ? 'did not land' : 'landed' };
  }
  // Where the plan still speaks of it and finds it done, it is.
  if (described && !open) return write.action === 'create' ? landedAs(write, before, created, there, secrets) : { word: 'landed' };
  if (there === undefined) return { word: 'cannot be told' };
  const resource = there.find(({ id }) => id === write.id);
  switch (write.action) {
    case 'create': {
      if (open) return { word: 'did not land' };
      if (before === undefined) return { word: 'cannot be told' };
      const fresh = there.filter(({ id }) => !before.has(`${kind}\n${id}`) && !created.has(`${kind}\n${id}`));
      if (fresh.some(({ id, key }) => key === `#${id}`)) return { word: 'cannot be told' };
      const found = landedAs(write, before, created, there, secrets);
      return found.id === undefined ? { word: 'did not land' } : found;
    }
    case 'delete':
      return write.id === undefined ? { word: 'cannot be told' } : { word: resource === undefined ? 'landed' : 'did not land' };
    case 'update': {
      const was = before?.get(`${kind}\n${write.id ?? ''}`);
      const now = resource === undefined ? undefined : encode(resource.spec, secrets);
      const { paths } = write;
      if (!isObject(was) || !isObject(now) || paths === undefined) return { word: open ? 'did not land' : 'cannot be told' };
      return { word: diffSpecs(was, now).some(({ path }) => paths.some((one) => touches(path, one))) ? 'landed' : 'did not land' };
    }
    default:
      return { word: open ? 'did not land' : 'cannot be told' };
  }
};

/** The one new resource that answers to the address of a creation. */
const landedAs = (
  write: OpenWrite,
  before: CutRun['before'],
  created: CutRun['created'],
  there: readonly LiveResource[] | undefined,
  secrets: Files['secrets'],
): Verdict => {
  const kind = kindOf(write.address);
  const fresh = (there ?? []).filter(({ id }) => before?.has(`${kind}\n${id}`) === false && !created.has(`${kind}\n${id}`));
  // What the service stores no name for is called by its id: a single new one is it.
  const named = fresh.filter((resource) => conceal(addressOf(resource), secrets) === write.address);
  const [one, ...others] = named.length > 0 ? named : fresh.filter(({ id, key }) => key === `#${id}`);
  return one === undefined || others.length > 0 ? { word: 'landed' } : { word: 'landed', id: one.id };
};

/** What a cut run is known to have created, and no list shows: a sign that lists lag behind. */
const isHidden = ({ created }: CutRun, live: Live): boolean =>
  [...created].some((name) => {
    const [kind = '', id = ''] = name.split('\n');
    const list = live.resources[kind];
    return list !== undefined && !list.some((resource) => resource.id === id);
  });

/** Reads again while an open creation is too young to be judged, or lists are seen to lag. */
const waited = async (cut: readonly CutRun[], planned: Planned, options: WriteOptions, terminal: Terminal): Promise<Planned> => {
  const writes = cut.flatMap((one) => one.writes);
  const kinds = [...new Set(writes.map(({ address }) => kindOf(address)))].filter((kind) => planned.look.live.resources[kind] !== undefined);
  const newest = Math.max(0, ...writes.map(({ at }) => at));
  const from = terminal.now();
  // A clock that was set back must not make the wait longer.
  const age = Math.max(0, terminal.clock() - newest);
  let current = planned;
  for (;;) {
    const passed = terminal.now() - from;
    const isMissing = writes.some(
      (write) => write.action === 'create' && current.plan.changes.some(({ address, action }) => address === write.address && action === 'create'),
    );
    const hidden = writes.length > 0 && cut.some((one) => isHidden(one, current.look.live));
    const most = hidden ? options.settleSeconds * 1000 : Math.min(graceMilliseconds, options.settleSeconds * 1000);
    const left = most - age - passed;
    if (!(isMissing || hidden) || left <= 0 || kinds.length === 0 || terminal.signal.aborted) return current;
    await terminal.sleep(Math.min(pauseMilliseconds, left));
    const live = await current.look.again(kinds);
    current = { ...current, look: { ...current.look, live }, plan: current.planFrom(live) };
  }
};

/** Says what became of the open writes of runs that were cut off, and closes their journals. Gives the plan anew where waiting has shown something. */
export const recoverRuns = async (portal: Portal, planned: Planned, secrets: Files['secrets'], options: WriteOptions, terminal: Terminal): Promise<Planned> => {
  const place = placeText(portal, options.dir, terminal);
  const runs = (await readRuns(options.dir)).filter((run) => run.portal === portal.name && (run.place ?? place) === place && !run.finished);
  if (runs.length === 0) return planned;
  const cut = await Promise.all(runs.map((run) => cutRun(run, options.dir)));
  const current = await waited(cut, planned, options, terminal);
  for (const one of cut) {
    const judged = one.writes.map((write) => ({ write, verdict: judge(write, one, current, secrets) }));
    terminal.say(
      [
        `The run ${one.run.run} was cut off.${judged.length === 0 ? ' No write of it was left open.' : ' Its open writes, by what the portal shows:'}`,
        ...judged.map(({ write, verdict }) => `  ${write.action} ${escapeText(write.address)}: ${verdict.word}`),
      ].join('\n'),
    );
    const at = terminal.clock();
    const lines = judged.flatMap(({ write: { address, action }, verdict: { word, id } }): readonly JournalLine[] => [
      {
        at,
        event: word === 'landed' ? 'landed' : word === 'did not land' ? 'failed' : 'unknown',
        address,
        action,
        note: `${word}; found out by the next apply`,
      },
      ...(id === undefined ? [] : [{ at, event: 'created' as const, address, action, note: id }]),
    ]);
    await finishRun(options.dir, one.run.run, [...lines, { at, event: 'finished', note: 'cut off; looked after by the next apply' }]).catch(() =>
      terminal.say(`The journal of ${one.run.run} cannot be written: the next apply will look at it again.`),
    );
  }
  return current;
};
