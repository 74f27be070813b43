/** `${name}` is a variable of the portal, `${env:NAME}` one of the environment, `$${` a literal `${`. */
import { type Portal, someOf, suggestion } from '../model/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What cannot be filled in, and what to do about it. */
export interface Gap {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface Filled {
  readonly text: string;
  /** Something of the environment is in it. */
  readonly secret: boolean;
  readonly gaps: readonly Gap[];
}

interface Piece {
  readonly text: string;
  readonly secret: boolean;
  readonly gap?: Gap;
}

export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const environmentName = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;
const marks = /\$\$\{|\$\{([^}\n]*)(\}?)/g;

const environmentPiece = (name: string, environment: Environment): Piece => {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value !== undefined && value !== '') return { text: value, secret: true };
  const state = value === undefined ? 'not set' : 'empty';
  return {
    text: '',
    secret: true,
    gap: { code: 'missing-environment-variable', message: `the environment variable ${name} is ${state}`, hint: `Set ${name} where this command runs.` },
  };
};

const unreadable = (written: string): Gap => ({
  code: 'bad-placeholder',
  message: `"${written}" is not a placeholder`,
  hint: 'Write ${name} for a variable of the portal, ${env:NAME} for one of the environment, and $${ for a literal ${.',
});

const fillWith = (text: string, pieceOf: (name: string) => Piece | undefined): Filled => {
  const gaps: Gap[] = [];
  let secret = false;
  const filled = text.replaceAll(marks, (written: string, name: unknown, end: unknown) => {
    if (written === '$${') return '${';
    const piece = typeof name === 'string' && end === '}' ? pieceOf(name) : undefined;
    if (piece === undefined) gaps.push(unreadable(written));
    if (piece?.gap !== undefined) gaps.push(piece.gap);
    secret ||= piece?.secret ?? false;
    return piece?.text ?? written;
  });
  return { text: filled, secret, gaps };
};

const environmentOnly =
  (environment: Environment) =>
  (name: string): Piece | undefined => {
    const match = environmentName.exec(name)?.[1];
    return match === undefined ? undefined : environmentPiece(match, environment);
  };

/** Fills in the variables of the environment: what a variable of salesiq.yaml may hold. */
export const fillFromEnvironment = (text: string, environment: Environment): Filled => fillWith(text, environmentOnly(environment));

/** Fills in placeholders for a portal. */
export type Fill = (text: string) => Filled;

/** Makes the filling function of a portal. Its variables are filled in once. */
export const fillFor = (portal: Portal, environment: Environment): Fill => {
  const names = Object.keys(portal.variables);
  const variables = new Map(names.map((name) => [name, fillFromEnvironment(portal.variables[name] ?? '', environment)]));
  const variablePiece = (name: string): Piece => {
    const filled = variables.get(name);
    const gap = filled?.gaps[0];
    if (filled !== undefined && gap === undefined) return { text: filled.text, secret: filled.secret };
    if (gap !== undefined)
      return { text: '', secret: true, gap: { ...gap, message: `${gap.message}, and the variable "${name}" of portal ${portal.name} needs it` } };
    const near = suggestion(name, names);
    return {
      text: '',
      secret: false,
      gap: {
        code: 'unknown-variable',
        message: `portal ${portal.name} has no variable "${name}"`,
        hint: `${near === undefined ? '' : `Did you mean \${${near}}? `}${names.length === 0 ? `Give it one in salesiq.yaml: portals.${portal.name}.variables.` : `It has ${someOf(names)}.`}`,
      },
    };
  };
  const fromEnvironment = environmentOnly(environment);
  return (text) => fillWith(text, (name) => fromEnvironment(name) ?? (variableName.test(name) ? variablePiece(name) : undefined));
};
