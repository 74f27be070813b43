/** Small YAML in, findings and desired state out. */
import { assemble, type Environment, parseFiles, readProject, type Strictness } from '../../../src/desired/index.ts';
import { kinds as allKinds } from '../../../src/kinds/index.ts';
import type { Desired, DesiredResource, Diagnostic, Kind, Project } from '../../../src/model/index.ts';

export const projectText = `version: 1
portals:
  harbour:
    screenname: lighthouse
    data_center: eu
    variables: { hooks: https://hooks.lighthouse.test, secret: "\${env:LANTERN}", count: 7, switch: "true" }
  island:
    sandbox: .salesiq/island.json
`;

export interface Setting {
  readonly portal?: string;
  readonly environment?: Environment;
  readonly strictness?: Strictness;
  readonly kinds?: readonly Kind[];
  /** What salesiq.yaml says beside the portals. */
  readonly policies?: Project['policies'];
}

export interface Outcome {
  readonly desired: Desired | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** `code file:line:column+length`, warnings with a ? before. */
  readonly findings: readonly string[];
}

/** A finding in one line, with its exact place. */
export const placeText = ({ severity, code, origin }: Diagnostic): string =>
  `${severity === 'warning' ? '?' : ''}${code} ${origin?.file ?? ''}:${origin?.line ?? 0}:${origin?.column ?? 0}+${origin?.length ?? 0}`;

export const projectOf = (text = projectText, environment: Environment = {}): Project => {
  const { value, diagnostics } = readProject({ path: 'salesiq.yaml', text }, environment);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
};

/** Reads files for one portal. */
export const read = (files: Readonly<Record<string, string>>, setting: Setting = {}): Outcome => {
  const project = projectOf();
  const portal = project.portals[setting.portal ?? 'harbour'];
  if (portal === undefined) throw new Error('no such portal');
  const parsed = parseFiles(Object.entries(files).map(([path, text]) => ({ path, text })));
  const assembled = assemble({
    parsed: parsed.value ?? [],
    project: { ...project, ...(setting.policies === undefined ? {} : { policies: setting.policies }) },
    portal,
    kinds: setting.kinds ?? allKinds,
    environment: setting.environment ?? { LANTERN: 'glow' },
    strictness: setting.strictness ?? 'lenient',
  });
  const diagnostics = [...parsed.diagnostics, ...assembled.diagnostics];
  return { desired: assembled.value, diagnostics, findings: diagnostics.map(placeText) };
};

/** The same for one file, `a.yaml`. */
export const readOne = (text: string, setting: Setting = {}): Outcome => read({ 'a.yaml': text }, setting);

/** The resources of one file that has no errors. */
export const resourcesOf = (text: string, setting: Setting = {}): readonly DesiredResource[] => {
  const { desired, diagnostics } = readOne(text, setting);
  if (desired === undefined) throw new Error(diagnostics.map((one) => `${placeText(one)} ${one.message}`).join('\n'));
  return desired.resources;
};

/** The only resource of a file. */
export const resourceOf = (text: string, setting: Setting = {}): DesiredResource => {
  const [resource, ...more] = resourcesOf(text, setting);
  if (resource === undefined || more.length > 0) throw new Error('not one resource');
  return resource;
};

/** Messages and hints, for tests of wording. */
export const wordsOf = ({ diagnostics }: Outcome): readonly string[] =>
  diagnostics.map(({ message, hint }) => (hint === undefined ? message : `${message} | ${hint}`));
