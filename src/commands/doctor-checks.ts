/** The single checks of `doctor`. Names of variables and of scopes are told; values of secrets never are. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Connection, checkConnection, checkToken, type Hooks } from '../api/index.ts';
import { projectSchema, resourcesSchema } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { withReferences } from '../live/index.ts';
import { type Kind, type ListCall, type Portal, type Reader, ServiceError, UserError } from '../model/index.ts';
import type { Check } from '../report/index.ts';
import { credentialsOf, type Environment, portalVariableName } from '../settings.ts';
import { scopesToWrite } from './doctor-scopes.ts';
import type { GitFolder } from './git-folder.ts';
import { schemaFolder } from './init-files.ts';
import type { DesiredFiles } from './read-files.ts';

/** The oldest Node that the program is tested with. */
const oldestNode = [20, 19] as const;

/** What a check that throws says: the error, with its advice. */
export const problem = (name: string, error: unknown): Check => {
  const call = error instanceof ServiceError ? ` (${error.method} ${error.path}${error.code === undefined ? '' : `, code ${error.code}`})` : '';
  const message = `${error instanceof Error ? error.message : String(error)}${call}`;
  const hint = error instanceof ServiceError || error instanceof UserError ? error.hint : undefined;
  return { name, state: 'problem', message, ...(hint === undefined ? {} : { hint }) };
};

export const skipped = (name: string, message: string): Check => ({ name, state: 'skipped', message });

export const checkNode = (version: string): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return { name: 'node', state: 'ok', message: version };
  return { name: 'node', state: 'problem', message: `${version} is older than ${wantedMajor}.${wantedMinor}`, hint: 'Install a newer Node.' };
};

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const checkFiles = ({ desired, parsed, warnings }: DesiredFiles): Check => {
  const found = `${counted(parsed.length, 'file')}, ${counted(desired.resources.length, 'resource')} of ${counted(desired.kinds.length, 'kind')} for this portal`;
  if (warnings.length > 0)
    return { name: 'files', state: 'warning', message: `${found}; ${counted(warnings.length, 'warning')}`, hint: 'salesiq-sync validate shows them.' };
  if (desired.kinds.length === 0)
    return {
      name: 'files',
      state: 'warning',
      message: 'no file describes anything, so nothing is managed',
      hint: 'Write resources into *.yaml files below the folder of salesiq.yaml.',
    };
  return { name: 'files', state: 'ok', message: found };
};

export const checkPortal = ({ name, place }: Portal): Check => {
  const where = {
    sandbox: () => (place.type === 'sandbox' ? `the built-in sandbox, its state in ${place.file}` : ''),
    'data-center': () => (place.type === 'data-center' ? `${place.screenname}, data centre ${place.dataCenter}` : ''),
    server: () => (place.type === 'server' ? `${place.screenname}, at addresses of its own` : ''),
  }[place.type]();
  return { name: 'portal', state: 'ok', message: `${name}: ${where}` };
};

/** Which variables the credentials come from. */
export const checkCredentials = (portal: Portal, environment: Environment): Check => {
  if (portal.place.type === 'sandbox') return { name: 'credentials', state: 'ok', message: 'the sandbox needs none' };
  try {
    const { kind } = credentialsOf(environment, portal.name);
    const wanted = kind === 'refresh' ? ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'] : ['ACCESS_TOKEN'];
    const names = wanted.flatMap((name) => portalVariableName(environment, portal.name, name) ?? []);
    return { name: 'credentials', state: 'ok', message: `from ${names.join(', ')}` };
  } catch (error) {
    return problem('credentials', error);
  }
};

/** Throws nothing; the addresses must be whole, and https unless they are this machine's. */
export const checkAddresses = (connection: Connection): Check => {
  try {
    checkConnection(connection);
    return { name: 'addresses', state: 'ok', message: `${connection.server} and ${connection.accountsServer}` };
  } catch (error) {
    return problem('addresses', error);
  }
};

export const tokenCheck = async (connection: Connection, hooks: Hooks): Promise<Check> => {
  try {
    const { how } = await checkToken(connection, hooks);
    const said = {
      given: 'given as it is; whether it is good, the lists below tell',
      cached: 'kept from an earlier command, still good',
      refreshed: 'fetched just now with the refresh token',
    }[how];
    return { name: 'token', state: 'ok', message: said };
  } catch (error) {
    return problem('token', error);
  }
};

/** One GET: the first page where the list has pages. Gives how many entries came. */
const ask = async (reader: Reader, call: ListCall): Promise<number> => {
  const limit = call.paging?.size === undefined ? {} : { limit: String(call.paging.size) };
  const answer = await reader.get(call.path, { ...call.query, ...limit });
  return call.items(answer.data ?? null).length;
};

/** `none`: nothing came back that the service would say. */
interface ListCheck {
  readonly check: Check;
  readonly reach: 'answered' | 'none';
}

const listCheck = async (reader: Reader, kind: Kind): Promise<ListCheck> => {
  try {
    const counts = await Promise.all(kind.lists.map((call) => ask(reader, call)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    const found = kind.shape === 'singleton' ? 'read' : `${count}${kind.lists.some(({ paging }) => paging !== undefined) ? ' on the first page' : ''}`;
    return { check: { name: kind.name, state: 'ok', message: `${found}  (${kind.scopes.read.join(', ')})` }, reach: 'answered' };
  } catch (error) {
    const check = problem(kind.name, error);
    const code = error instanceof ServiceError ? error.code : undefined;
    const reach = error instanceof ServiceError && code === undefined ? 'none' : 'answered';
    if (code !== 1009) return { check, reach };
    return {
      check: { ...check, hint: `The token lacks ${kind.scopes.read.join(', ')}. Authorize the client again with it: the README lists all scopes.` },
      reach,
    };
  }
};

/** The kinds that a plan of these files reads: those described, and those that they refer to. */
export const readKinds = ({ desired }: DesiredFiles): readonly Kind[] =>
  withReferences(
    kinds,
    desired.kinds.filter((name) => desired.policies[name]?.mode !== 'ignore'),
  );

/** Every list that a plan needs. Where the first gets no answer of the service at all, the others would only say so again. */
export const listChecks = async (reader: Reader, wanted: readonly Kind[]): Promise<readonly Check[]> => {
  const [first, ...rest] = wanted;
  if (first === undefined) return [];
  const found = await listCheck(reader, first);
  if (found.reach === 'none') return [found.check, ...(rest.length === 0 ? [] : [skipped('other lists', 'not asked: the service does not answer')])];
  const others = await Promise.all(rest.map((kind) => listCheck(reader, kind)));
  return [found, ...others].map(({ check }) => check);
};

/** Scopes for writing show only when something is written, so they are named and not tried. */
export const writeScopes = ({ desired }: DesiredFiles, portal: Portal): readonly Check[] => {
  if (portal.place.type === 'sandbox') return [];
  const managed = kinds.filter(({ name }) => desired.kinds.includes(name) && (desired.policies[name]?.mode ?? 'manage') === 'manage');
  const scopes = [...new Set(managed.flatMap((kind) => scopesToWrite(kind, desired.policies[kind.name])))];
  return scopes.length === 0 ? [] : [skipped('writing', `cannot be tried without writing; apply needs ${scopes.join(', ')}`)];
};

export const checkPace = (rate: number): Check => ({
  name: 'pace',
  state: 'ok',
  message: rate === 0 ? 'no limit: it is the sandbox' : `${rate} requests a minute`,
});

/** No answer is documented to tell the time reliably, and nothing here needs one that agrees with the service's. */
export const checkClock = (): Check => skipped('clock', 'not compared: the service is not known to tell its time, and nothing depends on it');

export const checkGit = ({ repository, stateFolder }: GitFolder): Check => {
  if (repository === 'none')
    return { name: 'git', state: 'warning', message: 'the folder is in no repository', hint: 'git init: what is applied should be what was committed.' };
  if (stateFolder === 'exposed')
    return {
      name: 'git',
      state: 'warning',
      message: 'a repository, and .salesiq/ is not ignored',
      hint: 'Add the line .salesiq/ to .gitignore: it holds states of sandboxes and journals.',
    };
  return { name: 'git', state: 'ok', message: 'a repository; .salesiq/ is ignored' };
};

/** Whether the schemas that `init` wrote are those of this version; a project without them is as it likes. */
export const checkSchemas = async (folder: string): Promise<readonly Check[]> => {
  const wanted = { 'project.schema.json': projectSchema(kinds), 'resources.schema.json': resourcesSchema(kinds) };
  const states = await Promise.all(
    Object.entries(wanted).map(async ([name, schema]) => {
      const text = await readFile(join(folder, schemaFolder, name), 'utf8').catch(() => undefined);
      return text === undefined ? 'none' : text.trimEnd() === JSON.stringify(schema, null, 2) ? 'fresh' : 'stale';
    }),
  );
  if (states.includes('stale'))
    return [
      {
        name: 'editor',
        state: 'warning',
        message: `${schemaFolder}/ is of another version`,
        hint: `Delete ${schemaFolder}/ and run salesiq-sync init, which writes it anew and leaves all else alone.`,
      },
    ];
  return states.includes('fresh') ? [{ name: 'editor', state: 'ok', message: `${schemaFolder}/ is of this version` }] : [];
};
