/**
 * A run as its journal tells it, for the page. What became of each change is
 * the last thing that a run writes down; a run that never came so far, or an
 * old one, is told from its requests, and never better than they allow.
 */
import type { JournalLine, Run } from '../apply/index.ts';
import type { Action, Outcome } from '../model/index.ts';
import type { RunReport, RunRequest, Step } from '../report/index.ts';
import { hideError, hideJson, hideOutcomes } from './hide-plan.ts';

type Hide = (text: string) => string;

const keyOf = ({ action, address }: Pick<JournalLine, 'action' | 'address'>): string => `${action ?? ''}\n${address ?? ''}`;

/** Said of a whole change once everything was read again: no answer to a request. */
const readBack = 'read back';

type Draft = { -readonly [Name in keyof RunRequest]: RunRequest[Name] };

const callOf = ({ method, path, query }: NonNullable<JournalLine['request']>): string =>
  `${method} ${path}${query === undefined ? '' : `?${new URLSearchParams(query).toString()}`}`;

const answered = (draft: Draft, state: RunRequest['state'], { at, answer, error, note }: JournalLine, hide: Hide): void => {
  draft.state = state;
  if (answer?.data !== undefined) draft.answer = hideJson(answer.data, hide);
  if (error !== undefined) draft.error = hideError(error, hide);
  // A note says that it was found out later, and not by an answer.
  if (note === undefined) draft.milliseconds = Math.max(0, at - draft.at);
  else if (state !== 'unsent') draft.notes = [...draft.notes, hide(note)];
};

/** Every call that was written down, with what came of it. Writes go one at a time: an answer belongs to the last call of its change. */
const requestsOf = (lines: readonly JournalLine[], hide: Hide): readonly RunRequest[] => {
  const all: Draft[] = [];
  const last = new Map<string, Draft>();
  for (const line of lines) {
    const { at, event, action = '', address = '', request, note } = line;
    if (event === 'sent' && request !== undefined) {
      const draft: Draft = { at, action, address: hide(address), call: hide(callOf(request)), state: 'open', notes: [] };
      if (request.body !== undefined) draft.body = hideJson(request.body, hide);
      all.push(draft);
      last.set(keyOf(line), draft);
      continue;
    }
    const draft = last.get(keyOf(line));
    if (draft === undefined || note === readBack) continue;
    if (event === 'landed' || event === 'unknown') answered(draft, event, line, hide);
    if (event === 'failed') answered(draft, note === 'not sent' ? 'unsent' : 'failed', line, hide);
    if (event === 'created' && note !== undefined) draft.notes = [...draft.notes, `Its id: ${hide(note)}`];
  }
  return all;
};

const isAction = (text: string | undefined): text is Action => text === 'create' || text === 'update' || text === 'delete' || text === 'move';

type Fate = Pick<Outcome, 'state' | 'error'>;

const notAnswered: Fate = { state: 'unknown', error: { message: 'sent, and no answer was written down' } };
const notReadBack: Fate = { state: 'unknown', error: { message: 'written, and not read back' } };

const fateOf = (lines: readonly JournalLine[]): Fate => {
  let fate: Fate = { state: 'not_tried' };
  let before = fate;
  for (const { event, error, note } of lines) {
    const told = error === undefined ? {} : { error };
    if (event === 'sent') {
      before = fate;
      fate = notAnswered;
    }
    if (event === 'landed') fate = note === undefined ? notReadBack : { state: 'applied' };
    if (event === 'failed') fate = note === 'not sent' ? before : { state: 'failed', ...told };
    if (event === 'unknown') fate = { state: 'unknown', ...told };
    if (event === 'verified') fate = { state: 'applied' };
  }
  return fate;
};

/** What the requests tell of each change of the plan. */
const derived = (lines: readonly JournalLine[]): readonly Outcome[] => {
  const planned = lines.find(({ event }) => event === 'planned')?.changes ?? [];
  const byChange = new Map<string, JournalLine[]>();
  for (const line of lines) byChange.set(keyOf(line), [...(byChange.get(keyOf(line)) ?? []), line]);
  return planned.flatMap(({ action, address }) => (isAction(action) ? [{ action, address, ...fateOf(byChange.get(keyOf({ action, address })) ?? []) }] : []));
};

const counts = (outcomes: readonly Outcome[]): string => {
  const count = (state: Outcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length;
  const parts = (['applied', 'failed', 'unknown', 'not_tried'] as const).filter((state) => state === 'applied' || count(state) > 0);
  return parts.map((state) => `${count(state)} ${state.replace('_', ' ')}`).join(', ');
};

interface End {
  readonly verdict: RunReport['verdict'];
  readonly sentence: string;
}

const endOf = (finished: JournalLine | undefined, outcomes: readonly Outcome[]): End => {
  const told = counts(outcomes);
  if (finished === undefined) return { verdict: 'unfinished', sentence: `It did not come to its end, or is still at work: ${told}.` };
  switch (finished.note) {
    case 'settled':
      return outcomes.every(({ state }) => state === 'applied')
        ? { verdict: 'done', sentence: `${told}, and read back.` }
        : { verdict: 'failed', sentence: `The portal matches, yet not all was done by this run: ${told}.` };
    case 'stopped':
      return { verdict: 'failed', sentence: `Stopped before its end: ${told}.` };
    case 'not settled':
      return { verdict: 'failed', sentence: `${told}.` };
    default:
      return { verdict: 'unfinished', sentence: `It was cut off, and the next apply looked after it: ${told}.` };
  }
};

/** As a shell takes it, whatever the name. */
const quoted = (name: string): string => (/^[\w.][\w.-]*$/.test(name) ? ` ${name}` : `='${name.replaceAll("'", String.raw`'\''`)}'`);

const stepsOf = (run: Run, verdict: RunReport['verdict'], requests: readonly RunRequest[], portal: string): readonly Step[] => {
  const at = `--portal${quoted(portal)}`;
  const wrote = requests.some(({ state }) => state !== 'failed' && state !== 'unsent');
  const back: readonly Step[] = wrote
    ? [{ text: 'To go back to what was live before this run (it shows a plan, and asks):', command: `salesiq-sync rollback ${run.run}` }]
    : [];
  if (verdict === 'done') return back;
  const left: Step = { text: 'To see what is left to do:', command: `salesiq-sync plan ${at}` };
  const on: Step = run.finished
    ? { text: 'To go on from what is live:', command: `salesiq-sync apply ${at}` }
    : { text: 'To go on: it says what became of the open writes of this run, and plans from what is live.', command: `salesiq-sync apply ${at}` };
  return [left, on, ...back];
};

/** All that the page of a run shows, with secrets taken out. */
export const runReport = (run: Run, hide: Hide): RunReport => {
  const { lines } = run;
  const finished = lines.findLast(({ event }) => event === 'finished');
  const recorded = finished?.outcomes;
  const outcomes = hideOutcomes(recorded ?? derived(lines), hide);
  const requests = requestsOf(lines, hide);
  const fingerprint = lines.find(({ event }) => event === 'planned')?.note;
  const portal = hide(run.portal);
  const end = endOf(finished, outcomes);
  return {
    run: run.run,
    portal,
    startedAt: run.startedAt,
    ...(finished === undefined ? {} : { endedAt: finished.at }),
    ...end,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    outcomes,
    outcomesFrom: recorded === undefined ? 'derived' : 'recorded',
    requests,
    steps: stepsOf(run, end.verdict, requests, portal),
  };
};
