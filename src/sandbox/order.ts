/**
 * What a position is. The documentation leaves it open (rules.md 8), so each
 * reading is here and the switches choose. A list is always kept sorted by
 * number, and by age where numbers are equal; `position-scope` says which rules
 * share one list.
 *
 * Moves: `shift` takes the rule out and puts it in, the ones between step aside
 * by one number; `assign` writes the number and nothing else; `swap` exchanges
 * numbers with the holder of that number, and assigns if it has none.
 *
 * Spacing: `dense` numbers follow one another and a delete closes its gap.
 * `sparse` numbers lie ten apart and gaps stay; a shifting move then keeps the
 * numbers that are in use and deals them out to the rules in their new order. A
 * number in use means that place, one between two means the place between them.
 */
import { byId, type OrderedRule } from './state.ts';
import type { Switches } from './switches.ts';

export type Ranked = Pick<OrderedRule, 'id' | 'app_id' | 'position'>;

const gap = 10;

/** The switches that say what numbers mean; kept with a state, which is numbered anew when they change. */
export const numberingOf = (switches: Switches): string =>
  [switches['position-base'], switches['position-scope'], switches['position-move'], switches['position-spacing']].join(' ');

const base = (switches: Switches): number => (switches['position-base'] === '0' ? 0 : 1);
const isSparse = (switches: Switches): boolean => switches['position-spacing'] === 'sparse';
const firstNumber = (switches: Switches): number => base(switches) * (isSparse(switches) ? gap : 1);

export const sorted = <T extends Ranked>(rules: readonly T[]): T[] => [...rules].sort((a, b) => a.position - b.position || byId(a, b));

const sharesList =
  (switches: Switches, app: string) =>
  (rule: Ranked): boolean =>
    switches['position-scope'] === 'portal' || rule.app_id === app;

/** The rules with new numbers for some, sorted; untouched rules stay the same values. */
const renumbered = <T extends Ranked>(rules: readonly T[], numberFor: (rule: T) => number): T[] =>
  sorted(rules.map((rule) => (numberFor(rule) === rule.position ? rule : { ...rule, position: numberFor(rule) })));

/** Numbers every list from the start, in the order in which the rules stand. */
export const numberAnew = <T extends Ranked>(rules: readonly T[], switches: Switches): T[] => {
  const counts = new Map<string, number>();
  const numbers = new Map<T, number>();
  for (const rule of rules) {
    const list = switches['position-scope'] === 'portal' ? '' : rule.app_id;
    const count = counts.get(list) ?? 0;
    counts.set(list, count + 1);
    numbers.set(rule, firstNumber(switches) + count * (isSparse(switches) ? gap : 1));
  }
  return renumbered(rules, (rule) => numbers.get(rule) ?? rule.position);
};

/** A new rule takes its place at the end that `new-place` names. */
export const enter = <T extends Ranked>(rules: readonly T[], rule: T, switches: Switches): T[] => {
  const inList = sharesList(switches, rule.app_id);
  const list = rules.filter(inList);
  const last = list.at(-1)?.position;
  const step = isSparse(switches) ? gap : 1;
  if (last === undefined) return sorted([...rules, { ...rule, position: firstNumber(switches) }]);
  if (switches['new-place'] === 'bottom') return sorted([...rules, { ...rule, position: isSparse(switches) ? (Math.floor(last / gap) + 1) * gap : last + 1 }]);
  const first = list[0]?.position ?? firstNumber(switches);
  return sorted([...renumbered(rules, (other) => (inList(other) ? other.position + step : other.position)), { ...rule, position: first }]);
};

/** A rule goes; dense numbers close up unless another rule holds the same one. */
export const leave = <T extends Ranked>(rules: readonly T[], id: string, switches: Switches): T[] => {
  const gone = rules.find((rule) => rule.id === id);
  const rest = rules.filter((rule) => rule.id !== id);
  if (gone === undefined || isSparse(switches)) return rest;
  const inList = sharesList(switches, gone.app_id);
  if (rest.some((rule) => inList(rule) && rule.position === gone.position)) return rest;
  return renumbered(rest, (rule) => (inList(rule) && rule.position > gone.position ? rule.position - 1 : rule.position));
};

/** A rule moves to a position; undefined when the position is refused. */
export const move = <T extends Ranked>(rules: readonly T[], id: string, to: number, switches: Switches): T[] | undefined => {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return [...rules];
  const list = rules.filter(sharesList(switches, rule.app_id));
  const [low, high] = rangeOf(list, switches);
  if (switches['position-range'] === 'error' && (to < low || to > high)) return undefined;
  const drawnIn = switches['position-range'] === 'free' ? to : Math.min(Math.max(to, low), high);
  const numbers = movesBy[switches['position-move']](list, rule, drawnIn, switches);
  return renumbered(rules, (other) => numbers.get(other.id) ?? other.position);
};

const rangeOf = (list: readonly Ranked[], switches: Switches): readonly [number, number] =>
  isSparse(switches) ? [list[0]?.position ?? 0, list.at(-1)?.position ?? 0] : [base(switches), base(switches) + list.length - 1];

type Numbers = ReadonlyMap<string, number>;
type Move = (list: readonly Ranked[], rule: Ranked, to: number, switches: Switches) => Numbers;

const assign: Move = (_list, rule, to) => new Map([[rule.id, to]]);

const swap: Move = (list, rule, to) => {
  const holder = list.find((other) => other.position === to && other.id !== rule.id);
  return new Map([[rule.id, to], ...(holder === undefined ? [] : [[holder.id, rule.position] as const])]);
};

const shift: Move = (list, rule, to, switches) => (isSparse(switches) ? dealOut(list, rule, to) : stepAside(list, rule, to));

const stepAside: (list: readonly Ranked[], rule: Ranked, to: number) => Numbers = (list, rule, to) => {
  const from = rule.position;
  const step = (at: number): number => (to > from && at > from && at <= to ? at - 1 : to < from && at >= to && at < from ? at + 1 : at);
  return new Map(list.map((other) => [other.id, other.id === rule.id ? to : step(other.position)]));
};

const dealOut = (list: readonly Ranked[], rule: Ranked, to: number): Numbers => {
  const numbers = list.map(({ position }) => position);
  const others = list.filter((other) => other.id !== rule.id);
  if (to < (numbers[0] ?? to) || to > (numbers.at(-1) ?? to)) return new Map([[rule.id, to]]);
  const exact = numbers.indexOf(to);
  const place = exact >= 0 ? exact : others.filter(({ position }) => position < to).length;
  const after = [...others.slice(0, place), rule, ...others.slice(place)];
  return new Map(after.map(({ id }, index) => [id, numbers[index] ?? to]));
};

const movesBy: Readonly<Record<Switches['position-move'], Move>> = { shift, assign, swap };
