/** `api`: any call of the API from the command line, in the manner of `gh api`; and the table of calls. */
import { writeFile } from 'node:fs/promises';
import jsonata from 'jsonata';
import { type Caller, endpoints, fullPath, isListCall, openCaller, type Parcel, parseJson, scopesOf, type WholeAnswer } from '../api/index.ts';
import { isObject, type Json, type JsonObject, type Query, UserError } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { type Resolved, resolveCall } from './api-address.ts';
import { readPortal } from './one-portal.ts';
import { openPortal } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { readText } from './read-input.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface ApiOptions extends ServiceOptions {
  readonly method: string;
  readonly path: string;
  /** For a name of the table: what its path takes, in order. */
  readonly parameters: readonly string[];
  /** `name=text` */
  readonly fields: readonly string[];
  /** `name=JSON` */
  readonly jsonFields: readonly string[];
  readonly query: readonly string[];
  /** A file with the JSON body, or `-`. */
  readonly data?: string;
  readonly pages: 'first' | 'all';
  /** A JSONata expression. */
  readonly select?: string;
  readonly show: 'data' | 'envelope';
  /** Where a file goes that comes as the answer. */
  readonly output?: string;
  readonly consent: 'ask' | 'given';
}

const pair = (text: string, flag: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new UserError(`${flag} ${text} is not of the form name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const jsonOf = (text: string, what: string): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    throw new UserError(`${what} is not JSON`, { hint: 'Texts need quotes in JSON; --field takes a text as it stands.', cause: error });
  }
};

const bodyOf = async ({ data, fields, jsonFields }: ApiOptions, terminal: Terminal): Promise<JsonObject | undefined> => {
  if (data === undefined && fields.length === 0 && jsonFields.length === 0) return undefined;
  const base = data === undefined ? {} : jsonOf(await readText(data, terminal), data === '-' ? 'standard input' : data);
  if (!isObject(base)) throw new UserError('the body should be a JSON mapping');
  const texts = fields.map((text) => pair(text, '--field'));
  const values = jsonFields.map((text): readonly [string, Json] => {
    const [name, value] = pair(text, '--json-field');
    return [name, jsonOf(value, `the value of ${name}`)];
  });
  return { ...base, ...Object.fromEntries([...texts, ...values]) };
};

/** The expression as a function; one that is wrong is told before anything is sent. */
const selection = (text: string | undefined): ((value: Json) => Promise<unknown>) => {
  if (text === undefined) return (value) => Promise.resolve(value);
  const wrong = (how: string, error: unknown): UserError =>
    new UserError(`the expression of --select ${how}: ${saidOf(error)}`, {
      hint: 'It is JSONata, for example: name, or $.{"id": id, "name": name}.',
      cause: error,
    });
  const expression = attempt(
    () => jsonata(text),
    (error) => wrong('is not understood', error),
  );
  return (value) =>
    expression.evaluate(value).catch((error: unknown) => {
      throw wrong('does not fit the answer', error);
    });
};

/** The library throws plain mappings with a message. */
const saidOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error));

const attempt = <T>(work: () => T, otherwise: (error: unknown) => Error): T => {
  try {
    return work();
  } catch (error) {
    throw otherwise(error);
  }
};

const writes = ({ address: { endpoint, method } }: Resolved): boolean => endpoint?.writes ?? method !== 'GET';

/** Whether it may be sent: reads always, writes where somebody said yes. */
const mayBeSent = async (resolved: Resolved, shown: string, options: ApiOptions, terminal: Terminal): Promise<boolean> => {
  if (!writes(resolved) || options.consent === 'given') return true;
  if (terminal.confirm !== undefined) return terminal.confirm(`Send ${shown} to the portal?`);
  terminal.say(`${shown} writes, and nobody is there to say yes. Run it with --auto-approve.`);
  return false;
};

const readAll = async (caller: Caller, { address }: Resolved, query: Query): Promise<Json> => {
  const { endpoint } = address;
  if (endpoint === undefined || !isListCall(endpoint))
    throw new UserError('this call has no pages that are known', { hint: 'Leave out --paginate; salesiq-sync api --list names the lists.' });
  const entries: Json[] = [];
  for await (const page of caller.pages(endpoint, address, query)) entries.push(...page);
  return entries;
};

const resultOf = async ({ file, data, envelope }: WholeAnswer, options: ApiOptions, terminal: Terminal): Promise<Json | undefined> => {
  if (file === undefined) return options.show === 'envelope' ? (envelope ?? data ?? null) : (data ?? null);
  if (options.output === undefined) throw new UserError('the answer is a file', { hint: 'Say where it goes with --output FILE.' });
  await writeFile(options.output, file.bytes);
  terminal.say(`${file.bytes.length} bytes written to ${escapeText(options.output)}`);
  return undefined;
};

/** Makes the call and prints the data of the answer as JSON. Throws UserError and ServiceError. */
export const runApi = async (options: ApiOptions, terminal: Terminal): Promise<ExitCode> => {
  const select = selection(options.select);
  const portal = await readPortal(options, terminal);
  const open = await openPortal(portal, options, terminal);
  try {
    const resolved = resolveCall(options.method, options.path, options.parameters, open.connection.screenname);
    const { address } = resolved;
    const shown = escapeText(`${address.method} ${address.endpoint?.name ?? `/${address.parts.join('/')}`}`);
    if (address.endpoint === undefined) terminal.say(`Warning: ${shown} is not in the table of calls; it is sent as it stands.`);
    if (address.endpoint?.accept !== undefined && options.output === undefined)
      throw new UserError('the answer to this call is a file', { hint: 'Say where it goes with --output FILE.' });
    const query: Query = { ...resolved.query, ...Object.fromEntries(options.query.map((text) => pair(text, '--query'))) };
    const parcel: Parcel = { query, body: await bodyOf(options, terminal) };
    if (address.method === 'GET' && parcel.body !== undefined)
      throw new UserError('a GET has no body', { hint: 'Parameters of a read go into --query name=value.' });
    if (!(await mayBeSent(resolved, shown, options, terminal))) return exitCodes.refused;
    const caller = openCaller(open.connection, open.hooks);
    try {
      const result = options.pages === 'all' ? await readAll(caller, resolved, query) : await resultOf(await caller.call(address, parcel), options, terminal);
      if (result !== undefined) terminal.print(jsonText((await select(result)) ?? null));
      return exitCodes.done;
    } finally {
      caller.close();
    }
  } finally {
    await open.close();
  }
};

/** The table of calls, those with this text in them. */
export const runApiList = (filter: string, format: ServiceOptions['format'], terminal: Terminal): ExitCode => {
  const wanted = filter.toLowerCase();
  const found = endpoints.filter((endpoint) =>
    [endpoint.name, endpoint.section, fullPath(endpoint), endpoint.scope, endpoint.doc].some((text) => text.toLowerCase().includes(wanted)),
  );
  if (format === 'json') {
    terminal.print(jsonText(found));
    return exitCodes.done;
  }
  const width = Math.max(0, ...found.map(({ name }) => name.length));
  const lines = found.map(
    (endpoint) => `${endpoint.name.padEnd(width)}  ${endpoint.method.padEnd(6)} ${fullPath(endpoint)}  ${scopesOf(endpoint).join(' or ')}`,
  );
  terminal.print(lines.length === 0 ? 'No call has this in it.\n' : `${lines.join('\n')}\n`);
  return exitCodes.done;
};
