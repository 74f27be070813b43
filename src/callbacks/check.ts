/** A body → what is wrong with it, each fault with its path and the limit that it passes. */
import { isList, isObject, type Json, type Path, pathText, someOf, suggestion, typeName, valueAt } from '../model/index.ts';
import { botResponse, type Finding, progress, type Validator, widgetResponse } from './validators.js';

/** One thing that is wrong with a body. A warning is something that no page of the service tells of: it is sent as it stands. */
export interface BodyFault {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Where: of an unknown key, the path ends with that key. */
  readonly path: Path;
  /** Whether the key at the end of the path is meant, or its value. */
  readonly at: 'key' | 'value';
  /** `sections[0].title: at most 30 characters, 41 given`. */
  readonly message: string;
  readonly hint?: string;
}

/** The bodies that can be checked. */
export type BodyName = 'widget-response' | 'progress' | 'bot-response';

const validators: Readonly<Record<BodyName, Validator>> = { 'widget-response': widgetResponse, progress, 'bot-response': botResponse };

const wanted: Readonly<Record<string, string>> = { string: 'a text', boolean: 'true or false', array: 'a list', object: 'a mapping' };

/** Digits are a place only in a list: a key may be digits too. */
const pathIn = (body: Json, pointer: string): Path => {
  let at: Json | undefined = body;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = isList(at) ? Number(key) : key;
      at = valueAt(at, [step]);
      return step;
    });
};

const counted = (count: unknown, one: string, many: string): string => `${String(count)} ${count === 1 ? one : many}`;

const size = (value: Json | undefined): number => (typeof value === 'string' ? [...value].length : isList(value) ? value.length : 0);

const words = (params: Finding['params']): readonly string[] => {
  const allowed = params['allowedValues'];
  return Array.isArray(allowed) ? [...new Set(allowed.map(String))].filter((word) => word !== 'true/false') : [];
};

const asWritten = (value: Json | undefined): string =>
  typeof value === 'string' ? `"${value}"` : value === undefined || isObject(value) || isList(value) ? typeName(value) : String(value);

type Said = Pick<BodyFault, 'code' | 'message' | 'hint'>;

/** What the entry's other keys have to do with a key that is missing. */
const reasonOf = ({ keyword, params, schemaPath }: Finding): string => {
  if (keyword === 'dependentRequired') return `, because it has ${String(params['property'])}`;
  if (!schemaPath.includes('/then/') || params['missingProperty'] !== 'name') return '';
  return ', because it can be navigated';
};

const unknownKey = (key: string, known: readonly string[]): Said & Pick<BodyFault, 'severity'> => {
  const near = suggestion(key, known);
  return near === undefined
    ? {
        severity: 'warning',
        code: 'unknown-key',
        message: 'no page of the service tells of this key; it is sent as it stands',
        hint: `The known keys here are ${someOf(known, 20)}.`,
      }
    : { severity: 'error', code: 'unknown-key', message: 'there is no such key', hint: `Did you mean ${near}?` };
};

const wrongWord = (finding: Finding, value: Json | undefined): Said => {
  const known = words(finding.params);
  const near = typeof value === 'string' ? suggestion(value, known) : undefined;
  return {
    code: 'wrong-value',
    message: `cannot be ${asWritten(value)}`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}It is one of ${someOf(known, 20)}.`,
  };
};

const tooMuch = (finding: Finding, value: Json | undefined, one: string, many: string): Said => ({
  code: 'too-long',
  message: `at most ${counted(finding.params['limit'], one, many)}, ${size(value)} given`,
});

const saidOf = (finding: Finding, value: Json | undefined): Said => {
  const { keyword, params } = finding;
  switch (keyword) {
    case 'maxLength':
      return tooMuch(finding, value, 'character', 'characters');
    case 'maxItems':
      return tooMuch(finding, value, 'entry', 'entries');
    case 'maxProperties':
      return {
        code: 'wrong-value',
        message: `one layout, ${isObject(value) ? Object.keys(value).length : 0} given`,
        hint: 'Write each section as an entry of its own.',
      };
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { code: 'empty', message: 'is empty' };
    case 'required':
    case 'dependentRequired':
      return { code: 'missing-key', message: `needs ${String(params['missingProperty'])}${reasonOf(finding)}` };
    case 'type':
      return { code: 'wrong-type', message: `should be ${wanted[String(params['type'])] ?? String(params['type'])}, but it is ${typeName(value)}` };
    case 'const':
      return { code: 'wrong-value', message: `should be ${JSON.stringify(params['allowedValue'])}, but it is ${asWritten(value)}` };
    case 'enum':
      return wrongWord(finding, value);
    default:
      return { code: 'wrong-value', message: 'is not as the service wants it' };
  }
};

const faultOf = (finding: Finding, body: Json): BodyFault => {
  const parent = pathIn(body, finding.instancePath);
  if (finding.keyword === 'additionalProperties') {
    const key = String(finding.params['additionalProperty']);
    const path = [...parent, key];
    const { properties } = finding.parentSchema;
    const said = unknownKey(key, isObject(properties) ? Object.keys(properties) : []);
    return { path, at: 'key', ...said, message: `${pathText(path)}: ${said.message}` };
  }
  const said = saidOf(finding, valueAt(body, parent));
  const where = parent.length === 0 ? 'the body' : pathText(parent);
  return { severity: 'error', path: parent, at: 'value', ...said, message: `${where}: ${said.message}` };
};

const pageSpelling = (body: Json): readonly BodyFault[] =>
  valueAt(body, ['type']) === 'section_edit'
    ? [
        {
          severity: 'warning',
          code: 'doubtful-word',
          path: ['type'],
          at: 'value',
          message: 'type: section_edit is how one page spells it; all the others write sections_edit',
          hint: 'It is sent as it stands.',
        },
      ]
    : [];

/** Everything that is wrong with a body, each mistake once. No error among them: it may be sent. */
export const checkBody = (name: BodyName, body: Json): readonly BodyFault[] => {
  const validate = validators[name];
  const findings = validate(body) ? [] : (validate.errors ?? []);
  const faults = findings.filter(({ keyword }) => keyword !== 'if').map((finding) => faultOf(finding, body));
  const once = new Map<string, BodyFault>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.path, fault.code, fault.message.replace(/, because .*$/, '')]);
    if (!once.has(key)) once.set(key, fault);
  }
  return [...once.values(), ...pageSpelling(body)];
};
