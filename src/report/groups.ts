/** The changes of a plan in the groups in which people read them: a kind, or one app of an ordered kind. */
import type { Change, FieldChange, GroupCount, ListPlan, Plan } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { factsOf, type ListFacts, type Move } from './lists.ts';
import type { Tone } from './style.ts';
import { counted } from './words.ts';

export interface Group {
  /** Safe to print: `visitor_routing_rules · Acme shop`. */
  readonly title: string;
  readonly count: GroupCount | undefined;
  /** The ordered list that the group is about. */
  readonly list: ListPlan | undefined;
  readonly entries: readonly Entry[];
}

/** One line of a group and its fields. All texts but those of `fields` are safe to print. */
export interface Entry {
  readonly sign: string;
  readonly tone: Tone;
  readonly place: string;
  readonly label: string;
  readonly origin: string;
  readonly note: string;
  readonly fields: readonly FieldChange[];
  readonly mode: 'new' | 'changed';
  /** Whether it stands for a change of the plan; else it only tells something. */
  readonly counts: 0 | 1;
  /** The change that it stands for. */
  readonly change: Change | undefined;
}

const groupKey = (kind: string, app: string | undefined): string => JSON.stringify([kind, app ?? null]);

export const placeText = (origin: { readonly file: string; readonly line: number } | undefined): string =>
  origin === undefined ? '' : escapeText(`${origin.file}:${origin.line}`);

/** The groups that have changes, in the order in which the plan counts them. */
export const groupsOf = (plan: Plan, changes: readonly Change[]): readonly Group[] => {
  const counts = new Map(plan.groups.map((count) => [groupKey(count.kind, count.app), count]));
  const found = new Map<string, Change[]>([...counts.keys()].map((key) => [key, []]));
  for (const change of changes) {
    // Kinds whose apps are not counted one by one stand in one group.
    const own = groupKey(change.kind, change.app);
    const key = counts.has(own) || !counts.has(groupKey(change.kind, undefined)) ? own : groupKey(change.kind, undefined);
    const list = found.get(key);
    if (list === undefined) found.set(key, [change]);
    else list.push(change);
  }
  return [...found].flatMap(([key, inside]) => {
    const [first] = inside;
    return first === undefined ? [] : [groupOf(plan, first, counts.get(key), inside)];
  });
};

const groupOf = (plan: Plan, first: Change, count: GroupCount | undefined, changes: readonly Change[]): Group => {
  const app = count === undefined ? first.app : count.app;
  const list = plan.lists.find((one) => one.kind === first.kind && one.app === app);
  const facts = factsOf(list, changes);
  const firstMove = changes.find(({ action }) => action === 'move');
  const rows = changes.map((change) => ({
    at: sortPlace(change, facts),
    entry: entryOf(change, facts, labelOf(change, app), change === firstMove ? 'full' : 'short'),
  }));
  return {
    title: escapeText(app === undefined ? first.kind : `${first.kind} · ${app}`),
    count,
    list,
    entries: [...rows.sort((a, b) => a.at - b.at).map(({ entry }) => entry), ...lastEntry(facts)],
  };
};

/** By the place that is printed first; what has none keeps the order of the plan. */
const sortPlace = (change: Change, facts: ListFacts): number => {
  switch (change.action) {
    case 'create':
    case 'delete':
      return change.place ?? 0;
    case 'update':
      return facts.placeNow(change.address) ?? 0;
    case 'move':
      return change.from;
  }
};

const labelOf = (change: Change, app: string | undefined): string => {
  if (change.key === '') return nameText(change.address);
  return change.app !== undefined && app === undefined ? `${escapeText(change.app)} / ${nameText(change.key)}` : nameText(change.key);
};

/** A name as it is; in quotes where blanks at its ends would not be seen. */
const nameText = (name: string): string => escapeText(name === '' || name !== name.trim() ? JSON.stringify(name) : name);

/** Whose a change is, where no field says it. */
const sideNote = ({ action, side }: Change): string => {
  if (side === undefined || side === 'yours' || action === 'update') return '';
  const drift = {
    create: 'deleted in SalesIQ since the last apply',
    delete: 'made in SalesIQ since the last apply',
    move: 'moved in SalesIQ since the last apply',
  };
  const both = {
    create: 'deleted in SalesIQ since the last apply, and changed in the files',
    delete: 'changed in SalesIQ since the last apply',
    move: 'moved in SalesIQ and in the files',
  };
  return (side === 'drift' ? drift : both)[action];
};

const joined = (...notes: readonly string[]): string => notes.filter((note) => note !== '').join('; ');

const entryOf = (change: Change, facts: ListFacts, label: string, telling: 'full' | 'short'): Entry => {
  const shared = { label, origin: placeText(change.origin), note: '', fields: change.fields, mode: 'changed', counts: 1, change } as const;
  const numbered = (place: number | undefined): string => (place === undefined ? '' : String(place));
  switch (change.action) {
    case 'create':
      return { ...shared, sign: '+', tone: 'add', place: numbered(change.place), mode: 'new', note: sideNote(change) };
    case 'update':
      return { ...shared, sign: '~', tone: 'change', place: numbered(facts.placeNow(change.address)) };
    case 'delete':
      return { ...shared, sign: '-', tone: 'remove', place: numbered(change.place), note: joined(escapeText(change.reason), sideNote(change)) };
    case 'move':
      return { ...shared, tone: 'move', place: `${change.from}→${change.to}`, ...moveTexts(change, facts, telling, sideNote(change)) };
  }
};

const moveTexts = (move: Move, facts: ListFacts, telling: 'full' | 'short', side: string): { readonly sign: string; readonly note: string } => {
  const { direction, neighbours } = facts.movement(move);
  const shift = neighbours === 1 ? '; 1 neighbour shifts' : `; ${counted(neighbours, 'neighbour')} shift`;
  const untouched = telling === 'short' ? '' : `, nothing is written to ${neighbours === 1 ? 'it' : 'them'}`;
  return { sign: direction === 'up' ? '↑' : '↓', note: joined(`1 move${neighbours === 0 ? '' : shift + untouched}`, side) };
};

const lastEntry = ({ staysLast }: ListFacts): readonly Entry[] =>
  staysLast === undefined
    ? []
    : [
        {
          sign: '=',
          tone: 'quiet',
          place: String(staysLast.place),
          label: nameText(staysLast.rule.key),
          origin: '',
          note: 'stays last',
          fields: [],
          mode: 'changed',
          counts: 0,
          change: undefined,
        },
      ];
