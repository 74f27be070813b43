/**
 * What is to be pointed out at a line of a file: the findings of a command, and
 * of a plan also what blocks it, what it deletes and what it moves. Annotations
 * of a run, SARIF and code-quality reports are made of the same list.
 */
import type { Address, Change, Diagnostic, Origin, Plan, Refusal } from '../model/index.ts';
import { type Causes, deleteOrigin, limitOrigin, moveOrigin, projectOrigin } from './causes.ts';

export interface Annotation {
  /** A stable short name: the code of a finding, `delete` or `move`. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly title: string;
  /** May have several lines, and is not safe to print as it is. */
  readonly message: string;
  /** Where it belongs: what belongs to no line stands at the top of salesiq.yaml. */
  readonly origin: Origin;
  readonly address?: Address;
}

const withHint = (message: string, hint: string | undefined): string => (hint === undefined ? message : `${message}\n${hint}`);

const ofDiagnostic = ({ severity, code, message, origin, address, hint }: Diagnostic): Annotation => ({
  rule: code,
  level: severity,
  title: severity === 'error' ? 'Error in the files' : 'Warning',
  message: withHint(message, hint),
  origin: origin ?? projectOrigin,
  ...(address === undefined ? {} : { address }),
});

const ofRefusal = ({ code, message, address, origin, hint }: Refusal, causes: Causes): Annotation => ({
  rule: code,
  level: 'error',
  title: 'Blocked',
  message: withHint(message, hint),
  origin: origin ?? limitOrigin(causes),
  ...(address === undefined ? {} : { address }),
});

const ofChange = (change: Change, portal: string, causes: Causes): readonly Annotation[] => {
  const { address } = change;
  if (change.action === 'delete') {
    const message = `Merging this deletes ${address} in ${portal}: ${change.reason}.`;
    return [{ rule: 'delete', level: 'warning', title: 'Deletes', message, origin: deleteOrigin(change, causes), address }];
  }
  if (change.action === 'move') {
    const message = `Merging this moves ${address} from place ${change.from} to place ${change.to} in ${portal}.`;
    return [{ rule: 'move', level: 'note', title: 'Moves', message, origin: moveOrigin(change, causes), address }];
  }
  return [];
};

const levels = { error: 0, warning: 1, note: 2 } as const;

/** The worst first; among equals the order given. */
const worstFirst = (list: readonly Annotation[]): readonly Annotation[] => [...list].sort((a, b) => levels[a.level] - levels[b.level]);

/** Findings in files alone. */
export const diagnosticAnnotations = (diagnostics: readonly Diagnostic[]): readonly Annotation[] => worstFirst(diagnostics.map(ofDiagnostic));

/** All that a plan gives reason to look at. A plan with errors has no changes that mean anything. */
export const planAnnotations = (plan: Plan, causes: Causes): readonly Annotation[] => {
  const found = plan.diagnostics.map(ofDiagnostic);
  if (found.some(({ level }) => level === 'error')) return worstFirst(found);
  return worstFirst([
    ...plan.refusals.map((refusal) => ofRefusal(refusal, causes)),
    ...plan.changes.flatMap((change) => ofChange(change, plan.portal, causes)),
    ...found,
  ]);
};
