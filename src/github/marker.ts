/**
 * The hidden first line of comments and issues: what they are about, and, of a
 * plan, the fingerprint that a merge approves. Values are encoded, so that none
 * of them can end the line.
 */

export interface Marker {
  readonly about: 'plan' | 'apply' | 'drift';
  readonly portal: string;
  /** Of the plan that the comment shows; absent where there is none to approve. */
  readonly fingerprint?: string;
  /** The newest commit of the branch that was planned. */
  readonly head?: string;
}

export const markerText = ({ about, portal, fingerprint, head }: Marker): string => {
  const pairs = Object.entries({ about, portal, fingerprint, head }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return `<!-- salesiq-sync ${pairs.join(' ')} -->`;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The marker that a text begins with; further down one means nothing. */
export const readMarker = (text: string): Marker | undefined => {
  const inside = /^<!-- salesiq-sync ([^>\n]*) -->/.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const values = new Map(inside.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), decoded(pair.slice(pair.indexOf('=') + 1))]));
  const about = values.get('about');
  const portal = values.get('portal');
  const fingerprint = values.get('fingerprint');
  const head = values.get('head');
  if ((about !== 'plan' && about !== 'apply' && about !== 'drift') || portal === undefined) return undefined;
  return { about, portal, ...(fingerprint === undefined ? {} : { fingerprint }), ...(head === undefined ? {} : { head }) };
};
