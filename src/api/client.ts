/** The client of the library: the table of calls as functions. */
import { isObject, type Json, type Query } from '../model/index.ts';
import type { Inside } from './access.ts';
import { type Address, type Caller, type FileToSend, filledParts, openCaller, type Parcel } from './caller.ts';
import type { QueryValue, SalesIQClient } from './client-types.ts';
import type { Connection, Hooks } from './connection.ts';
import { type Endpoint, endpoints, parametersOf } from './endpoints.ts';

const textOf = (value: QueryValue): string => (Array.isArray(value) ? value.join(',') : String(value));

const isQueryValue = (value: unknown): value is QueryValue =>
  ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'));

/** A query as people give it; what is undefined is left out. Throws TypeError for what no query can hold. */
const queryOf = (given: unknown): Query => {
  const pairs = Object.entries(given ?? {}).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (value === undefined) return [];
    if (!isQueryValue(value)) throw new TypeError(`the query parameter ${name} should be a text, a number, true or false, or a list of these`);
    return [[name, textOf(value)]];
  });
  return Object.fromEntries(pairs);
};

const isTexts = (value: unknown): value is Readonly<Record<string, string>> => isObject(value) && Object.values(value).every((one) => typeof one === 'string');

const isFile = (value: unknown): value is FileToSend =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'bytes' in value && value.bytes instanceof Uint8Array;

/** The last argument of a call, which need not come from TypeScript. */
const parcelOf = (endpoint: Endpoint, given: unknown): Parcel => {
  const options: Readonly<Record<string, unknown>> = { ...(typeof given === 'object' ? given : {}) };
  const { query, body, form, file } = options;
  const wrong = (what: string): TypeError => new TypeError(`${endpoint.name}: ${what}`);
  if (body !== undefined && !isObject(body)) throw wrong('body should be a mapping');
  if (form !== undefined && !isTexts(form)) throw wrong('form should be a mapping of texts');
  if (file !== undefined && !isFile(file)) throw wrong('file should have a name and bytes');
  const unknown = Object.keys(options).find((key) => !['query', 'body', 'form', 'file'].includes(key));
  if (unknown !== undefined) throw wrong(`there is no option ${unknown}: what is sent goes into body, what is asked into query`);
  return { query: queryOf(query), body, form, file };
};

interface Given {
  readonly address: Address;
  readonly parcel: Parcel;
}

/** The arguments of a call: as many texts as its path has parameters, then the options. */
const given = (endpoint: Endpoint, args: readonly unknown[]): Given => {
  const count = parametersOf(endpoint.path).length;
  const parameters = args.slice(0, count).map((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''));
  if (args.length > count + 1) throw new TypeError(`${endpoint.name}: there are more arguments than the call takes`);
  const address: Address = { method: endpoint.method, base: endpoint.base, parts: filledParts(endpoint, parameters), endpoint };
  return { address, parcel: parcelOf(endpoint, args[count]) };
};

/** Whether the answer is a list that can be read to its end. */
export const isListCall = ({ method, paging, items, name }: Endpoint): boolean =>
  method === 'GET' && (paging !== 'none' || items !== undefined || name.endsWith('.list'));

const callOf = (caller: Caller, endpoint: Endpoint): object => {
  const call = async (...args: readonly unknown[]) => {
    const { address, parcel } = given(endpoint, args);
    return caller.call(address, parcel);
  };
  if (!isListCall(endpoint)) return call;
  const pages = (...args: readonly unknown[]): AsyncGenerator<readonly Json[], void, undefined> => {
    const { address, parcel } = given(endpoint, args);
    return caller.pages(endpoint, address, parcel.query);
  };
  const all = async (...args: readonly unknown[]): Promise<readonly Json[]> => {
    const entries: Json[] = [];
    for await (const page of pages(...args)) entries.push(...page);
    return entries;
  };
  return Object.assign(call, { all, pages });
};

type Branches = { [name: string]: object };

const isBranch = (value: unknown): value is Branches => typeof value === 'object' && value !== null;

/** Puts a call into its place, with the branches that lead there. */
const plant = (root: Branches, name: string, call: object): void => {
  const path = name.split('.');
  const leaf = path.pop() ?? name;
  let at = root;
  for (const part of path) {
    const branch = at[part];
    const next: Branches = isBranch(branch) ? branch : {};
    at[part] = next;
    at = next;
  }
  at[leaf] = call;
};

const callAt = (root: object, name: string): unknown => name.split('.').reduce<unknown>((at, part) => (isBranch(at) ? at[part] : undefined), root);

/** The gate from a tree that was made by a loop to the type that was read off the same table. */
const isClient = (tree: object): tree is SalesIQClient => 'close' in tree && endpoints.every(({ name }) => typeof callAt(tree, name) === 'function');

/**
 * A client for one portal: every call of the API under its name. Reads go out
 * four at a time, writes one by one; a write is repeated only where it is
 * certain that it did not land. Nothing is sent before the first call.
 *
 * ```ts
 * const client = SalesIQ(connection);
 * const { data } = await client.webhooks.executions.retry(id, { body: { ids } });
 * for await (const page of client.operators.list.pages()) …
 * client.close();
 * ```
 *
 * Throws UserError when the connection can never work.
 */
export const SalesIQ = (connection: Connection, hooks: Hooks = {}, inside: Inside = {}): SalesIQClient => {
  const caller = openCaller(connection, hooks, inside);
  const tree: Branches = { close: caller.close };
  for (const endpoint of endpoints) plant(tree, endpoint.name, callOf(caller, endpoint));
  if (!isClient(tree)) throw new Error('the client is not whole');
  return tree;
};
