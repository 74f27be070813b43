/** salesiq.yaml → Project. */
import {
  type Diagnostic,
  isObject,
  type Json,
  type KindPolicy,
  type Limits,
  type Portal,
  type Project,
  type Reading,
  type SourceFile,
  someOf,
  sortDiagnostics,
  suggestion,
} from '../model/index.ts';
import { type Converter, convert } from './convert.ts';
import { explain } from './explain.ts';
import { guideFor } from './guide.ts';
import { type Lined, linedText, originOf } from './lines.ts';
import { parseWhole } from './parse-files.ts';
import { type Environment, fillFromEnvironment, variableName } from './placeholders.ts';
import { placeOf, type TellAt } from './portal-place.ts';
import { projectSchemaFor } from './project-schema.ts';
import { type MappingTree, type Tree, valueOf } from './tree.ts';
import { kindNames, projectValidator } from './validators.js';

const guide = guideFor(projectSchemaFor(kindNames));

const defaultLimits: Limits = { deletes: 0.3, updates: 0.5, minExisting: 10 };

/** `30%` or 0.3 → 0.3. */
const shareOf = (value: Json | undefined, otherwise: number): number => {
  if (typeof value !== 'string') return otherwise;
  return value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
};

const limitsOf = (value: Json | undefined): Limits => {
  if (!isObject(value)) return defaultLimits;
  const { deletes, updates, min_existing: minExisting } = value;
  return {
    deletes: shareOf(deletes, defaultLimits.deletes),
    updates: shareOf(updates, defaultLimits.updates),
    minExisting: typeof minExisting === 'number' ? minExisting : defaultLimits.minExisting,
  };
};

const policyOf = (value: Json): KindPolicy => {
  const { mode, unmanaged, create, delete: deletes, move_to: moveTo } = isObject(value) ? value : {};
  return {
    ...(typeof create === 'boolean' ? { create } : {}),
    ...(typeof deletes === 'boolean' ? { delete: deletes } : {}),
    ...(typeof moveTo === 'string' ? { moveTo } : {}),
    mode: mode === 'observe' || mode === 'ignore' ? mode : 'manage',
    unmanaged: unmanaged === 'delete' || unmanaged === 'error' ? unmanaged : 'keep',
  };
};

const policiesOf = (value: Json | undefined): Readonly<Record<string, KindPolicy>> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([kind, policy]) => [kind, policyOf(policy)])) : {};

const variablesOf = (tree: Tree, environment: Environment, tell: TellAt): Readonly<Record<string, string>> => {
  const variables = valueOf(tree, 'variables');
  if (variables?.type !== 'mapping') return {};
  return Object.fromEntries(
    variables.entries.flatMap((entry) => {
      const { key, value } = entry;
      if (!variableName.test(key))
        tell(entry, 'bad-name', `"${key}" cannot be the name of a variable`, 'Use letters, digits and _, not beginning with a digit.');
      if (value.type !== 'text') return [];
      // What is not set is no mistake here: another portal may be the one that is asked for.
      for (const { code, message } of fillFromEnvironment(value.text, environment).gaps)
        if (code === 'bad-placeholder') tell(value, code, message, 'A variable may hold ${env:NAME}, and $${ for a literal ${; no other variable.');
      return [[key, value.text] as const];
    }),
  );
};

const portalsOf = (tree: MappingTree, file: Lined, environment: Environment, tell: TellAt): Readonly<Record<string, Portal>> => {
  const portals = valueOf(tree, 'portals');
  if (portals?.type !== 'mapping') return {};
  return Object.fromEntries(
    portals.entries.flatMap((entry) => {
      const { key, value } = entry;
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(key))
        tell(entry, 'bad-name', `"${key}" cannot be the name of a portal`, 'Use letters, digits, - and _: it is part of the names of environment variables.');
      if (value.type !== 'mapping') return [];
      const variables = variablesOf(value, environment, tell);
      const place = placeOf(value, key, tell);
      return place === undefined ? [] : [[key, { name: key, origin: originOf(file, entry), variables, place }] as const];
    }),
  );
};

/** The first part of a protected address must be a kind: protection that protects nothing would go unnoticed. */
const protectOf = (tree: MappingTree, tell: TellAt): readonly string[] => {
  const list = valueOf(tree, 'protect');
  if (list?.type !== 'list') return [];
  return list.members.flatMap((member) => {
    if (member.type !== 'text') return [];
    const [kind = ''] = member.text.split('/');
    if (kind !== '' && !kind.includes('*') && !kindNames.includes(kind)) {
      const near = suggestion(kind, kindNames);
      tell(
        member,
        'unknown-word',
        `"${kind}" is no kind, so this protects nothing`,
        near === undefined ? `An address begins with one of ${someOf(kindNames, 20)}.` : `Did you mean ${near}?`,
      );
    }
    return [member.text];
  });
};

const understood = (tree: MappingTree, file: Lined, environment: Environment, add: (diagnostic: Diagnostic) => void): Project => {
  const tell: TellAt = (span, code, message, hint) => {
    add({ severity: 'error', code, message, origin: originOf(file, span), ...(hint === '' ? {} : { hint }) });
  };
  const converter: Converter = {
    fill: (text) => ({ text, secret: false, gaps: [] }),
    report: (node, code, message, hint) => tell(node, code, message, hint ?? ''),
    settled: new Set(),
    secrets: new Set(),
    mode: 'filled',
  };
  const value = convert(tree, guide, converter);
  if (!projectValidator(value)) {
    for (const { span, code, message, hint } of explain(projectValidator.errors ?? [], {
      tree,
      value,
      guide,
      title: 'salesiq.yaml',
      settled: converter.settled,
      ordered: false,
    }))
      tell(span, code, message, hint ?? '');
  }
  const fields = isObject(value) ? value : {};
  return {
    portals: portalsOf(tree, file, environment, tell),
    policies: policiesOf(fields['kinds']),
    limits: limitsOf(fields['limits']),
    protect: protectOf(tree, tell),
  };
};

/**
 * Understands salesiq.yaml. Variables stay as written; what they need of the
 * environment is asked for when a portal's files are assembled.
 */
export const readProject = (source: SourceFile, environment: Environment): Reading<Project> => {
  const { file, diagnostics: found } = parseWhole(linedText(source.path, source.text));
  const diagnostics: Diagnostic[] = [...found];
  const [tree, second] = file.documents;
  const top = { start: 0, end: 1 };
  const tell = (span: Tree | typeof top, code: string, message: string, hint: string): number =>
    diagnostics.push({ severity: 'error', code, message, origin: originOf(file, span), hint });
  if (second !== undefined) tell(second, 'several-documents', `${source.path} holds several documents`, 'Keep one: take out the lines with ---.');
  if (tree === undefined && found.length === 0 && source.unread !== true)
    tell(top, 'no-value', `${source.path} is empty`, 'It needs at least `version: 1` and `portals:`; `salesiq-sync init` writes an example.');
  const project = tree === undefined ? undefined : understood(tree, file, environment, (diagnostic) => diagnostics.push(diagnostic));
  const sorted = sortDiagnostics(diagnostics);
  return project === undefined || source.unread === true || sorted.some(({ severity }) => severity === 'error')
    ? { diagnostics: sorted }
    : { value: project, diagnostics: sorted };
};
