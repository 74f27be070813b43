/** What an export has to say about what it leaves out or leaves as it is. */
import { addressOf, type Diagnostic, pathText, valueAt } from '../model/index.ts';
import type { Kept, Paired } from './edit-file.ts';
import { linedText, originOf } from './lines.ts';
import type { Fill } from './placeholders.ts';
import { type Tree, treeAt } from './tree.ts';
import type { Unsaid, Writable } from './write-resource.ts';

const unsaidText = ({ path, reason }: Unsaid): string => (path.length === 0 ? reason : `${pathText([...path])}: ${reason}`);

/** What is left out of the files, and why. */
export const tellUnsaid = ({ live, fields, unsaid }: Writable): readonly Diagnostic[] => {
  const address = addressOf(live);
  if (fields === undefined)
    return [
      {
        severity: 'warning',
        code: 'not-exported',
        message: `${address} (id ${live.id}) is left out: ${unsaid.map(unsaidText).join('; ')}`,
        address,
        hint: 'It stays as it is in the portal, and no file describes it.',
      },
    ];
  return unsaid.map((one) => ({
    severity: 'warning',
    code: 'field-not-exported',
    message: `${address}: ${pathText([...one.path])} is left out: ${one.reason}`,
    address,
    hint: 'A field that the files leave out stays as it is in the portal.',
  }));
};

/** Fields that stand in a file and whose live value has no name. */
export const tellUnsaidPair = ({ desired }: Paired, unsaid: Unsaid): Diagnostic => ({
  severity: 'warning',
  code: 'field-not-exported',
  message: `${addressOf(desired)}: ${pathText([...unsaid.path])} stays as the file has it: ${unsaid.reason}`,
  origin: desired.origin,
  address: addressOf(desired),
  hint: 'Give it a name of its own in SalesIQ, or take the field out of the file; until then plan shows a difference.',
});

/** A new name that the files give to a resource of another portal. */
export const tellTaken = ({ desired, live }: { readonly desired: Paired['desired']; readonly live: Paired['live'] }): Diagnostic => ({
  severity: 'warning',
  code: 'name-taken',
  message: `${addressOf(desired)} is called "${live.key}" in the portal, and the files call a resource of another portal that`,
  origin: desired.origin,
  address: addressOf(desired),
  hint: 'Limit the two to different portals with `only`, or rename one of them; until then plan shows a difference.',
});

const firstPlaceholder = (tree: Tree): Tree | undefined => {
  switch (tree.type) {
    case 'text':
      return tree.text.replaceAll('$${', '').includes('${') ? tree : undefined;
    case 'list':
      return tree.members.map(firstPlaceholder).find((one) => one !== undefined);
    case 'mapping':
      return tree.entries.map(({ value }) => firstPlaceholder(value)).find((one) => one !== undefined);
    case 'broken':
      return undefined;
  }
};

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** A placeholder that does not give the live value any more: it stays, and is told. */
export const tellKept = (file: string, { paired, tree, path, text }: Kept, fill: Fill): Diagnostic => {
  const { desired, live } = paired;
  const address = addressOf(desired);
  const place = firstPlaceholder(treeAt(tree, [])) ?? tree;
  const written = place.type === 'text' ? place.text : '';
  const filled = fill(written);
  const there = path.every((step) => typeof step === 'string') ? valueAt(live.spec, path) : undefined;
  const now = typeof there === 'string' ? `the portal has "${short(there)}"` : 'the portal has something else';
  const values = filled.secret
    ? 'the portal has another value (both come from the environment or belong to it, and are not shown)'
    : `it gives "${short(filled.text)}", and ${now}`;
  return {
    severity: 'warning',
    code: 'placeholder-kept',
    message: `${address}: ${pathText(path)} stays ${short(written)}, although ${values}`,
    origin: originOf(linedText(file, text), place),
    address,
    hint: 'Change what the placeholder stands for, or write the value in its place; until then plan shows a difference.',
  };
};
