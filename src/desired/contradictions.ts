/** One relation, described from both sides: who is in which department. Files that say both must say the same. */
import { addressOf, type DesiredResource, isList, type Kind, type RefRule } from '../model/index.ts';
import type { Run } from './run.ts';

const listAt = (resource: DesiredResource | undefined, field: string): readonly string[] | undefined => {
  const list = resource?.spec[field];
  return isList(list) ? list.map(String) : undefined;
};

const fieldOf = ({ path }: RefRule): string => path.replace(/\[\]$/, '');

/** Tells of each pair of which only one says that it belongs to the other, at the one that says so. */
export const tellContradictions = (resources: readonly DesiredResource[], kinds: readonly Kind[], run: Run): void => {
  for (const kind of kinds) {
    for (const ref of kind.refs) {
      const { mirror } = ref;
      if (mirror === undefined) continue;
      const others = new Map(resources.filter((one) => one.kind === ref.kind).map((one) => [one.key, one]));
      for (const resource of resources.filter((one) => one.kind === kind.name)) {
        for (const key of listAt(resource, fieldOf(ref)) ?? []) {
          const other = others.get(key);
          const back = listAt(other, mirror);
          if (other === undefined || back === undefined || back.includes(resource.key)) continue;
          const { file, line } = other.origin;
          run.tell({
            severity: 'error',
            code: 'contradiction',
            message: `${addressOf(resource)} has "${key}" in ${fieldOf(ref)}, and ${addressOf(other)} does not have "${resource.key}" in ${mirror} (${file}:${line})`,
            origin: resource.origin,
            address: addressOf(resource),
            hint: `They are two sides of one thing: write it on both, or leave ${fieldOf(ref)} or ${mirror} out on one of them.`,
          });
        }
      }
    }
  }
};
