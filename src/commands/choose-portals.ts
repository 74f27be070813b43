/** The portals that a command is about, where it may be about several. Pure. */
import { type Portal, UserError } from '../model/index.ts';

/** One of so many parts; the first is 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

export interface PortalsAsked {
  /** A name, `all`, or a pattern. */
  readonly portal?: string;
  readonly shard?: Shard;
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** Whether several portals may be meant: then the project must be asked. */
export const mayBeMany = ({ portal, shard }: PortalsAsked): boolean => shard !== undefined || portal === 'all' || (portal !== undefined && isPattern(portal));

const patternOf = (text: string): RegExp => {
  const parts = [...text].map((character) => (character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[\\^$.|+()[\]{}]/, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 'su');
};

/** By code units: the same on every machine. */
const byName = (a: Portal, b: Portal): number => (a.name < b.name ? -1 : 1);

/**
 * The portals that are meant, sorted by name, and of those the ones of the
 * shard: every N-th, from the I-th on. A portal that is named exactly wins over
 * `all` and over a pattern; without a name, all are meant. Throws UserError
 * where a name or a pattern fits none.
 */
export const choosePortals = (portals: Readonly<Record<string, Portal>>, { portal: asked = 'all', shard }: PortalsAsked): readonly Portal[] => {
  const every = Object.values(portals).sort(byName);
  const exact = every.filter(({ name }) => name === asked);
  const pattern = asked === 'all' ? /^/ : patternOf(asked);
  const meant = exact.length > 0 ? exact : every.filter(({ name }) => pattern.test(name));
  if (meant.length === 0) {
    throw new UserError(isPattern(asked) ? `no portal of salesiq.yaml fits "${asked}"` : `salesiq.yaml has no portal "${asked}"`, {
      hint: `It has ${every.map(({ name }) => `"${name}"`).join(', ')}.`,
    });
  }
  return shard === undefined ? meant : meant.filter((_portal, index) => index % shard.of === shard.part - 1);
};

/** Whether exactly one portal is meant by its name, so that its result stands by itself. */
export const isNamed = (portals: Readonly<Record<string, Portal>>, { portal, shard }: PortalsAsked): boolean =>
  shard === undefined && portal !== undefined && Object.hasOwn(portals, portal);
