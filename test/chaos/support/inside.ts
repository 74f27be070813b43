/** Commands in this process, against a project's portal: what they print, what they say, how they end. */
import { type ApplyOptions, runApply } from '../../../src/commands/apply.ts';
import { type PlanOptions, runPlan } from '../../../src/commands/plan.ts';
import { runRollback } from '../../../src/commands/rollback.ts';
import { runRuns, runShow } from '../../../src/commands/runs.ts';
import { tellError } from '../../../src/commands/tell-error.ts';
import type { ExitCode, Format, Terminal } from '../../../src/commands/terminal.ts';
import { serviceOptions, stage } from '../../commands/stage.ts';
import type { Project } from './project.ts';

/** A project folder, and what commands see of the environment. */
type Place = Pick<Project, 'folder' | 'env'>;

export interface Heard {
  readonly code: ExitCode;
  readonly printed: string;
  readonly said: string;
}

export interface InsideOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What of the terminal is another. */
  readonly terminal?: Partial<Terminal>;
}

const hear = async (
  project: Place,
  { env = {}, terminal: other = {} }: InsideOptions,
  format: Format,
  work: (terminal: Terminal) => Promise<ExitCode>,
): Promise<Heard> => {
  const { terminal, printed, said } = stage({ ...project.env, ...env });
  const own: Terminal = { ...terminal, ...other };
  const code = await work(own).catch((error: unknown) => tellError(error, format, own));
  return { code, printed: printed(), said: said() };
};

type Changed<T> = Partial<T> & InsideOptions;

const common = (project: Place) => ({ ...serviceOptions(project.folder), rate: 100_000, format: 'text' as const });

const split = <T extends InsideOptions>({ env, terminal, ...flags }: T) => ({
  inside: { ...(env === undefined ? {} : { env }), ...(terminal === undefined ? {} : { terminal }) },
  flags,
});

export const planHere = (project: Place, changed: Changed<PlanOptions> = {}): Promise<Heard> => {
  const { inside, flags } = split(changed);
  const options = { ...common(project), exitCode: 'plain' as const, ...flags };
  return hear(project, inside, options.format, (terminal) => runPlan(options, terminal));
};

export const applyHere = (project: Place, changed: Changed<ApplyOptions> = {}): Promise<Heard> => {
  const { inside, flags } = split(changed);
  const options = { ...common(project), consent: 'given' as const, keepGoing: 'stop' as const, settleSeconds: 1, lockSeconds: 5, ...flags };
  return hear(project, inside, options.format, (terminal) => runApply(options, terminal));
};

export const rollbackHere = (project: Place, run: string, changed: Changed<ApplyOptions> = {}): Promise<Heard> => {
  const { inside, flags } = split(changed);
  const options = { ...common(project), consent: 'given' as const, keepGoing: 'stop' as const, settleSeconds: 1, lockSeconds: 5, ...flags };
  return hear(project, inside, options.format, (terminal) => runRollback(run, options, terminal));
};

export const showHere = (project: Place, run: string, format: Format = 'text'): Promise<Heard> =>
  hear(project, {}, format, (terminal) => runShow(run, { ...common(project), format }, terminal));

export const runsHere = (project: Place, format: Format = 'text'): Promise<Heard> =>
  hear(project, {}, format, (terminal) => runRuns({ ...common(project), format }, terminal));

/** The name of the run that an apply told of. */
export const runIn = ({ printed }: Heard): string => /\(run ([^)]+)\)/.exec(printed)?.[1] ?? /"run": "([^"]+)"/.exec(printed)?.[1] ?? '';
