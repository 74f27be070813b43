/** Order lists as lines of YAML. */
import type { ReadableKind } from './run.ts';
import { escapePlaceholders, quoted, textScalar } from './write-scalar.ts';

/** The field by which an order list can name a rule that is called `*`. */
export const nameField = ({ kind }: ReadableKind): string => (kind.identity.by === 'fields' ? (kind.identity.fields[0] ?? 'title') : 'key');

/** Whether an app's name can be the key of its list: placeholders do not work in keys, and YAML ends a simple key after 1024 characters. */
export const canBeKey = (app: string): boolean => !app.includes('${') && app !== '__proto__' && quoted(app).length <= 1000;

/** A rule's name as an entry of a list. */
export const nameText = (readable: ReadableKind, name: string, place: 'block' | 'flow'): string =>
  name === '*' ? `{ ${nameField(readable)}: "*" }` : textScalar(escapePlaceholders(name), place);
