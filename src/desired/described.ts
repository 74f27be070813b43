/** A resource of a file, as far as the others need to know of it. */
import type { DesiredResource, Kind } from '../model/index.ts';
import type { ParsedFile } from './parse-files.ts';
import { type Tree, valueOf } from './tree.ts';

/** A resource that a file describes. */
export interface Described {
  readonly kind: string;
  readonly file: ParsedFile;
  readonly tree: Tree;
  /** `here`: for this portal; `elsewhere`: for others; `broken`: with errors, so that only its name counts. */
  readonly state: 'here' | 'elsewhere' | 'broken';
  readonly app: string | undefined;
  /** The key with its real values, as far as it could be read. */
  readonly realKey: string | undefined;
  readonly previously: readonly string[];
  /** There where the state is `here`. */
  readonly resource?: DesiredResource;
}

/** What a described resource is called in a message: as written where its key is not known, so that no secret shows. */
export const nameOf = ({ tree, resource }: Described, { identity }: Kind): string => {
  if (resource !== undefined) return resource.key;
  const fields = identity.by === 'content' ? ['key'] : identity.fields;
  return fields
    .map((field) => valueOf(tree, field))
    .flatMap((node) => (node?.type === 'text' ? [node.text] : []))
    .join(' ');
};
