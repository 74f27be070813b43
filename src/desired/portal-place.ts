/** Where a portal of salesiq.yaml is: one of three forms, told apart by their keys. */
import type { PortalPlace } from '../model/index.ts';
import { entryOf, type Span, type Tree, valueOf } from './tree.ts';

export type TellAt = (span: Span, code: string, message: string, hint: string) => void;

const textAt = (tree: Tree, key: string): { readonly text: string; readonly tree: Tree } | undefined => {
  const value = valueOf(tree, key);
  return value?.type === 'text' ? { text: value.text, tree: value } : undefined;
};

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** A base address: https, or http to this machine; without a slash at its end. */
const addressAt = (tree: Tree, key: string, tell: TellAt): string | undefined => {
  const found = textAt(tree, key);
  if (found === undefined) return undefined;
  const wrong = (message: string, hint: string): undefined => {
    tell(found.tree, 'wrong-value', message, hint);
    return undefined;
  };
  if (!URL.canParse(found.text)) return wrong(`${key} should be an address`, 'Write it whole: https://salesiq.example.');
  const url = new URL(found.text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return wrong(`${key} should begin with https://`, 'Write it whole: https://salesiq.example.');
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return wrong(`${key} would send credentials unencrypted`, 'Write https://; http:// is only for this machine (localhost).');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return wrong(`${key} should be an address without name, password, ? and #`, 'Credentials come from the environment only.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/** A file inside the project's folder or near it: never an absolute path, which would hold on one machine only. */
const fileAt = (tree: Tree, key: string, tell: TellAt): string | undefined => {
  const found = textAt(tree, key);
  if (found === undefined) return undefined;
  const path = found.text.replaceAll('\\', '/');
  if (/^(?:\/|~|[A-Za-z]:)/.test(path) || path.includes('${') || path.endsWith('/')) {
    tell(found.tree, 'wrong-value', `${key} should be the path of a file, from the folder of salesiq.yaml`, 'Write it like .salesiq/sandbox.json.');
    return undefined;
  }
  return path;
};

const screennameAt = (tree: Tree, tell: TellAt): string | undefined => {
  const found = textAt(tree, 'screenname');
  if (found === undefined) return undefined;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(found.text)) return found.text;
  tell(found.tree, 'wrong-value', 'screenname should be letters, digits, dots, - and _', "It is the part of the portal's address after the host.");
  return undefined;
};

const refuse = (tree: Tree, keys: readonly string[], beside: string, tell: TellAt): void => {
  for (const key of keys) {
    const entry = entryOf(tree, key);
    if (entry !== undefined) tell(entry, 'unknown-key', `${key} cannot stand beside ${beside}`, `Keep either ${key} or ${beside}.`);
  }
};

/** The place of a portal; undefined where something is wrong, which is told. */
export const placeOf = (tree: Tree, name: string, tell: TellAt): PortalPlace | undefined => {
  const has = (key: string): boolean => entryOf(tree, key) !== undefined;
  const screenname = screennameAt(tree, tell);
  if (has('sandbox')) {
    refuse(tree, ['data_center', 'server', 'accounts_server'], 'sandbox', tell);
    const file = fileAt(tree, 'sandbox', tell);
    const seed = fileAt(tree, 'seed', tell);
    return file === undefined
      ? undefined
      : { type: 'sandbox', file, ...(seed === undefined ? {} : { seed }), ...(screenname === undefined ? {} : { screenname }) };
  }
  if (has('seed')) tell(entryOf(tree, 'seed') ?? tree, 'unknown-key', 'seed goes with sandbox only', 'Take it out, or add sandbox.');
  if (!has('data_center') && !has('server') && !has('accounts_server')) {
    tell(tree, 'missing-key', `portal ${name} does not say where it is`, 'Give it screenname and data_center, or sandbox.');
    return undefined;
  }
  if (!has('screenname')) tell(tree, 'missing-key', `portal ${name} needs screenname`, "It is the part of the portal's address after the host.");
  if (has('data_center')) {
    refuse(tree, ['server', 'accounts_server'], 'data_center', tell);
    const dataCenter = textAt(tree, 'data_center')?.text;
    return screenname === undefined || dataCenter === undefined ? undefined : { type: 'data-center', screenname, dataCenter };
  }
  for (const key of ['server', 'accounts_server'])
    if (!has(key)) tell(tree, 'missing-key', `portal ${name} needs ${key}`, 'server and accounts_server go together.');
  const server = addressAt(tree, 'server', tell);
  const accountsServer = addressAt(tree, 'accounts_server', tell);
  return screenname === undefined || server === undefined || accountsServer === undefined ? undefined : { type: 'server', screenname, server, accountsServer };
};
