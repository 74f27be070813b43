/** Live state that can be read anew in part: what was not touched keeps its first reading. */
import type { Kind, Live, Reader } from '../model/index.ts';
import { collectKinds, type RawKind, withReferences } from './collect.ts';
import { nameLive } from './name.ts';

export interface Look {
  readonly live: Live;
  /** Reads these kinds anew and gives the whole live state. Throws ServiceError. */
  readonly again: (names: readonly string[]) => Promise<Live>;
}

/** Reads the kinds named, and all that they refer to. Throws ServiceError. */
export const lookAgain = async (reader: Reader, all: readonly Kind[], names: readonly string[]): Promise<Look> => {
  const kinds = withReferences(all, names);
  let raw: readonly RawKind[] = await collectKinds(reader, kinds, names);
  const live = nameLive(raw, reader.reads());
  return {
    live,
    again: async (some) => {
      const fresh = await collectKinds(
        reader,
        kinds.filter(({ name }) => some.includes(name)),
        names,
      );
      raw = raw.map((one) => fresh.find(({ kind }) => kind.name === one.kind.name) ?? one);
      return nameLive(raw, live.reads);
    },
  };
};
