/** `doctor`: what works and what does not, from the files to the last list; sends nothing but GET and the token call. */
import { openReader } from '../api/index.ts';
import { type Check, checksJson, checksText } from '../report/index.ts';
import { choosePortal } from '../settings.ts';
import {
  checkAddresses,
  checkClock,
  checkCredentials,
  checkFiles,
  checkGit,
  checkNode,
  checkPace,
  checkPortal,
  checkSchemas,
  listChecks,
  problem,
  readKinds,
  skipped,
  tokenCheck,
  writeScopes,
} from './doctor-checks.ts';
import { type LookAtGit, lookAtGit } from './git-folder.ts';
import { openPortal } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { assembleFor, type DesiredFiles, FileError, readFiles } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface DoctorOptions extends ServiceOptions {
  /** The version of Node that runs this. */
  readonly node: string;
  readonly git?: LookAtGit;
}

interface FilesFound {
  readonly checks: readonly Check[];
  readonly files?: DesiredFiles;
}

/** One error is told here; of several, and where they stand, `validate` tells. */
const filesProblem = (error: unknown): Check => {
  if (!(error instanceof FileError)) return problem('files', error);
  const [only, ...more] = error.diagnostics.filter(({ severity }) => severity === 'error');
  const told = only === undefined || more.length > 0 ? error.message : only.message;
  return { name: 'files', state: 'problem', message: told, hint: (more.length === 0 ? only?.hint : undefined) ?? 'salesiq-sync validate shows the lines.' };
};

const lookAtFiles = async (options: DoctorOptions, terminal: Terminal): Promise<FilesFound> => {
  const read = await readFiles(options, terminal).catch((error: unknown) => filesProblem(error));
  if ('state' in read) return { checks: [read] };
  const portal = attempt(
    () => choosePortal(read.project.portals, options.portal),
    (error) => problem('portal', error),
  );
  if ('state' in portal) return { checks: [portal] };
  const files = attempt(() => assembleFor(read, portal, options, terminal), filesProblem);
  return 'state' in files ? { checks: [files, checkPortal(portal)] } : { checks: [checkFiles(files), checkPortal(portal)], files };
};

const attempt = <T>(work: () => T, otherwise: (error: unknown) => Check): T | Check => {
  try {
    return work();
  } catch (error) {
    return otherwise(error);
  }
};

const lookAtService = async (files: DesiredFiles, options: DoctorOptions, terminal: Terminal): Promise<readonly Check[]> => {
  const { portal } = files;
  const credentials = checkCredentials(portal, terminal.environment);
  if (credentials.state === 'problem') return [credentials, skipped('service', 'not asked: no credentials')];
  const open = await openPortal(portal, options, terminal);
  try {
    const addresses = checkAddresses(open.connection);
    if (addresses.state === 'problem') return [credentials, addresses, skipped('service', 'not asked: no addresses')];
    const token = await tokenCheck(open.connection, open.hooks);
    const pace = checkPace(open.rate);
    if (token.state === 'problem') return [credentials, addresses, token, skipped('service', 'not asked: no token'), pace];
    const reader = openReader(open.connection, open.hooks);
    try {
      return [credentials, addresses, token, ...(await listChecks(reader, readKinds(files))), ...writeScopes(files, portal), pace];
    } finally {
      reader.close();
    }
  } finally {
    await open.close();
  }
};

/** Exit 0 where nothing is a problem; warnings are none. */
export const runDoctor = async (options: DoctorOptions, terminal: Terminal): Promise<ExitCode> => {
  const { checks: first, files } = await lookAtFiles(options, terminal);
  const service =
    files === undefined
      ? [skipped('service', 'not asked: first what is above')]
      : await lookAtService(files, options, terminal).catch((error: unknown) => [problem('service', error)]);
  const checks: readonly Check[] = [
    checkNode(options.node),
    ...first,
    ...service,
    checkClock(),
    checkGit(await (options.git ?? lookAtGit)(options.dir)),
    ...(await checkSchemas(options.dir)),
  ];
  if (options.format === 'json') terminal.print(jsonText(checksJson(checks, files?.portal.name)));
  else terminal.print(`${checksText(checks, terminal.style)}\n`);
  if (terminal.signal.aborted) return exitCodes.interrupted;
  return checks.some(({ state }) => state === 'problem') ? exitCodes.failed : exitCodes.done;
};
