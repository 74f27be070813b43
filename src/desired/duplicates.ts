/** Two descriptions of one resource, and two resources with one key: errors at the second. */
import type { Kind } from '../model/index.ts';
import { type Described, nameOf } from './described.ts';
import { originOf } from './lines.ts';
import { type ReadableKind, type Run, tellError } from './run.ts';
import { valueOf } from './tree.ts';

const lineOf = ({ file, tree }: Described): string => {
  const origin = originOf(file, tree);
  return `${origin.file}:${origin.line}`;
};

const tellSecond = (second: Described, first: Described, kind: Kind, run: Run): void => {
  if (kind.shape === 'singleton') {
    tellError(
      run,
      second.file,
      second.tree,
      'described-twice',
      `the ${kind.title} is described in ${lineOf(first)} already`,
      'There is one of it in a portal: keep one.',
    );
    return;
  }
  const called = `the ${kind.title} "${nameOf(second, kind)}"${second.app === undefined ? '' : ` of "${second.app}"`}`;
  tellError(
    run,
    second.file,
    second.tree,
    'described-twice',
    `${called} is described in ${lineOf(first)} already`,
    'Keep one of the two, or limit them to different portals with `only`.',
  );
};

/** Tells of what is described twice for this portal; what has errors of its own counts by its name. */
export const tellDuplicates = (described: readonly Described[], readable: ReadonlyMap<string, ReadableKind>, run: Run): void => {
  const seen = new Map<string, Described>();
  const firstOf = (name: string, one: Described): Described | undefined => {
    const before = seen.get(name);
    if (before === undefined) seen.set(name, one);
    return before === one ? undefined : before;
  };
  for (const one of described) {
    const kind = readable.get(one.kind)?.kind;
    if (kind === undefined || one.realKey === undefined || one.state === 'elsewhere') continue;
    const { resource } = one;
    const address = `${one.kind}\n${one.app ?? ''}\n`;
    const before = firstOf(address + one.realKey, one) ?? (resource === undefined ? undefined : firstOf(address + resource.key, one));
    const owner = resource?.lastingKey === undefined ? undefined : firstOf(`${one.kind}\nkey\n\n${resource.lastingKey}`, one);
    if (before !== undefined) tellSecond(one, before, kind, run);
    else if (owner !== undefined)
      tellError(
        run,
        one.file,
        valueOf(one.tree, 'key') ?? one.tree,
        'described-twice',
        `the key "${resource?.lastingKey ?? ''}" is taken in ${lineOf(owner)} already`,
        'Give each its own key.',
      );
  }
};
