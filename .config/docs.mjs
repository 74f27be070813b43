// Makes what the documentation says of the kinds: docs/yaml-reference.md, the table of switches in
// docs/sandbox.md, docs/coverage.md from the table of calls, and the scopes in README.md and docs/ci.md. Committed; `--check` tells whether they are fresh.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const loadSources = async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { kinds } from './src/kinds/index.ts';
        export { endpoints, findEndpoints, fullPath, scopesOf, sectionNames } from './src/api/endpoints.ts';
        export { resourceSchema, propertiesOf, alternativesOf, isClearable, isSchema } from './src/desired/schema.ts';
        export { projectSchemaFor, describable } from './src/desired/project-schema.ts';
        export { switchDescriptions } from './src/sandbox/switches.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  await mkdir(join(root, '.tmp'), { recursive: true });
  const folder = await mkdtemp(join(root, '.tmp', 'docs-'));
  try {
    const file = join(folder, 'sources.mjs');
    await writeFile(file, outputFiles[0].text);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const {
  endpoints,
  findEndpoints,
  fullPath,
  scopesOf,
  sectionNames,
  kinds,
  resourceSchema,
  propertiesOf,
  alternativesOf,
  isClearable,
  isSchema,
  projectSchemaFor,
  describable,
  switchDescriptions,
} = await loadSources();

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** What a schema without alternatives is called. */
const typeOf = (schema) => {
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((word) => code(String(word))).join(' or ');
  if (schema.type === 'integer') return schema.minimum === undefined ? 'whole number' : `whole number, from ${schema.minimum}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'mapping';
  return 'text';
};

/** A schema's alternatives as one word: open vocabularies are text. */
const shapeOf = (schema) => {
  const alternatives = alternativesOf(schema);
  if (alternatives.length === 0) return { schema, type: typeOf(schema) };
  if (alternatives.length === 1) return shapeOf(alternatives[0]);
  const open = alternatives.every(({ type }) => type === 'string');
  return open ? { schema: alternatives.find((one) => one.enum === undefined), type: 'text' } : { schema, type: 'mapping', alternatives };
};

/** The rows of what is inside a mapping. */
const inside = (base, of) =>
  Object.entries(propertiesOf(of)).flatMap(([key, one]) => fieldRows(base === '' ? key : `${base}.${key}`, one, (of.required ?? []).includes(key)));

/** The rows of two mappings of which one is written: the second is told by its own key. */
const eitherOf = (base, [first, second]) => {
  const own = Object.keys(propertiesOf(second)).find((key) => propertiesOf(first)[key] === undefined);
  const top = (rows, required) =>
    rows.map((one) => (/^[^.]*$/.test(one[0].slice(base.length + 2)) && one[2] === 'yes' ? [one[0], one[1], required, one[3]] : one));
  return [...top(inside(base, first), `unless \`${own}\``), ...top(inside(base, second), '')];
};

/** One row a field, with those inside it below. */
const fieldRows = (path, schema, required) => {
  const { schema: inner, type, alternatives } = shapeOf(schema);
  const about = [schema.description ?? '', isClearable(schema) ? '`null` clears it.' : ''].filter((text) => text !== '').join(' ');
  if (type === 'list') {
    const item = shapeOf(inner.items);
    const own = [[code(path), `list of ${{ mapping: 'mappings', text: 'texts' }[item.type] ?? item.type}`, required ? 'yes' : '', about]];
    if (item.type !== 'mapping') return own;
    return [...own, ...(item.alternatives === undefined ? inside(`${path}[]`, item.schema) : eitherOf(`${path}[]`, item.alternatives))];
  }
  const own = path === '' ? [] : [[code(path), type, required ? 'yes' : '', about]];
  if (type !== 'mapping') return own;
  return [...own, ...(alternatives === undefined ? inside(path, inner) : eitherOf(path, alternatives)), ...othersOf(path, inner)];
};

const othersOf = (path, { additionalProperties: others }) => (isSchema(others) ? fieldRows(`${path}.NAME`, others, false) : []);

/** A field that stands in two alternatives is told of once. */
const eachOnce = (rows) => [...new Map(rows.map((one) => [one[0], one])).values()];

const identityOf = (kind) => {
  if (kind.shape === 'singleton') return 'One mapping for the whole portal.';
  if (kind.identity.by === 'content')
    return 'The service stores no name for these, so `key` is a name for people, and live ones are recognised by their content.';
  const fields = [...(kind.identity.inApp ? ['app'] : []), ...kind.identity.fields].map(code).join(' and ');
  return `Known by ${fields}. A changed one is another resource, unless \`previously\` names the old.`;
};

const actionsOf = (kind) => {
  const words = { create: 'created', update: 'updated', delete: 'deleted', move: 'moved' };
  return kind.manages.map((action) => words[action]).join(', ');
};

const criteriaTable = (kind) =>
  table(
    ['field', 'comparators', 'values'],
    Object.entries(kind.criteria.fields).map(([name, { comparators = [], values = [] }]) => [
      code(name),
      comparators.length === 0 ? 'not known' : [...new Set(comparators)].map(code).join(' '),
      values.map(code).join(' '),
    ]),
  );

const kindSection = (kind, criteriaAlike) => {
  const address =
    kind.shape === 'singleton'
      ? kind.name
      : kind.identity.by === 'fields' && kind.identity.inApp
        ? `${kind.name}/APP/${kind.identity.fields.map((field) => field.toUpperCase()).join(' ')}`
        : `${kind.name}/${kind.identity.by === 'content' ? 'KEY' : kind.identity.fields.map((field) => field.toUpperCase()).join(' ')}`;
  return [
    `## ${kind.name}`,
    `${kind.doc} ${identityOf(kind)}`,
    table(
      ['', ''],
      [
        ['address', code(address)],
        ['can be', actionsOf(kind)],
        ...(kind.order === undefined ? [] : [['order list', code(kind.order.list)]]),
        ...(kind.needs.length === 0 ? [] : [['needed to create one', kind.needs.map(code).join(', ')]]),
        ...(kind.refs.length === 0 ? [] : [['refers to', [...new Set(kind.refs.map((ref) => ref.kind))].join(', ')]]),
        ['scopes', [...kind.scopes.read, ...kind.scopes.write].map(code).join(' ')],
      ],
    ),
    table(['key', 'holds', 'required', ''], eachOnce(fieldRows('', resourceSchema(kind, kind.schema), false))),
    ...kind.vocabulary.map(({ path, what, known }) => `Known words for \`${path}\` (${what}): ${known.map(code).join(' ')}.`),
    ...(kind.criteria === undefined
      ? []
      : [
          criteriaAlike === undefined
            ? `Known fields of \`when\`:\n\n${criteriaTable(kind)}`
            : `The known fields of \`when\` are those of [${criteriaAlike}](#${criteriaAlike}).`,
        ]),
  ].join('\n\n');
};

const described = kinds.filter(({ schema }) => schema !== undefined);
const criteriaOwner = (kind) =>
  described.find(
    (other) => other !== kind && JSON.stringify(other.criteria) === JSON.stringify(kind.criteria) && described.indexOf(other) < described.indexOf(kind),
  )?.name;

const reference = `<!-- Made by .config/docs.mjs from the schemas of the kinds. Change those, then run \`node .config/docs.mjs\`. -->

# YAML reference

A project is a folder with \`salesiq.yaml\`. Every other \`*.yaml\` file below it holds resources, whatever it is called and wherever it lies; hidden files and folders, \`node_modules\` and \`*.test.yaml\` are left out, and so is a folder with a \`salesiq.yaml\` of its own. [Concepts](concepts.md) tells how it all hangs together.

## salesiq.yaml

${table(['key', 'holds', 'required', ''], projectRows())}

A portal is one of three: \`screenname\` with \`data_center\`, \`screenname\` with \`server\` and \`accounts_server\`, or \`sandbox\` (and \`seed\`, if it shall not begin empty).

## Resource files

A file is a mapping of kinds to lists, or to one mapping for what there is only one of. A kind may stand in many files; a file may hold several documents.

- Absent kind: not managed. Empty list: none of ours shall exist.
- A key that a resource leaves out is not ours: it stays as it is live. \`enabled\` alone defaults to true. \`null\` clears a key where that is said.
- \`\${name}\` is a variable of the portal, \`\${env:NAME}\` one of the environment (masked in all output), \`$\${\` a literal \`\${\`. They work in values, not in keys.
- Texts are taken as they stand: \`values: [0123, yes, 1e3]\` are the texts 0123, yes and 1e3.
- Keys that begin with \`x-\` or a dot at the top of a file are places for anchors, and are not read otherwise.
- An unknown key is an error. A word that is not among the known ones of a vocabulary is a warning, and is passed on as written; \`--strict\` makes it an error.

An order list is a mapping of apps to titles, from the top: the first rule that holds wins.

\`\`\`yaml
visitor_routing_order:
  Acme shop:
    - VIP
    - "*"            # rules that no file describes stand here
    - Everyone else
\`\`\`

Every described rule of the app stands in it once. Without a list the order is that of the rules in their file; rules of one app in several files need a list. A rule whose title is \`*\` is written \`{ title: "*" }\`.

A group of \`when\` is one criterion, or \`any:\` with several of which one must hold; all groups must hold.

${described.map((kind) => kindSection(kind, kind.criteria === undefined ? undefined : criteriaOwner(kind))).join('\n\n')}
`;

function projectRows() {
  const schema = projectSchemaFor(describable(kinds));
  const { kinds: policies, portals, ...rest } = propertiesOf(schema);
  const [policy] = Object.values(propertiesOf(policies));
  const required = (key) => (schema.required ?? []).includes(key);
  const rows = (path, one, key) => fieldRows(path, one, required(key));
  return [
    ...rows('version', rest.version, 'version'),
    [code('portals'), 'mapping', 'yes', portals.description],
    ...fieldRows('portals.NAME', portals.additionalProperties, false),
    [code('kinds'), 'mapping', '', policies.description],
    ...fieldRows('kinds.KIND', policy, false),
    ...rows('limits', rest.limits, 'limits'),
    ...rows('protect', rest.protect, 'protect'),
  ];
}

/** Words of a kind's paths: what stands at the beginning of its lists and its details. */
const kindOf = ({ method, path, base }) => {
  const of = (wanted) =>
    kinds.find((kind) =>
      kind.lists.some((list) => {
        const [first] = findEndpoints('GET', `${list.path.includes('{screenname}') ? '/api/v2' : '/api/v2/{screenname}'}${list.path}`);
        return first?.endpoint.section === wanted.section && wanted.path.split('/')[1] === first.endpoint.path.split('/')[1];
      }),
    );
  return of(endpoints.find((one) => one.method === method && one.path === path && one.base === base));
};

/** Reading and writing of what a kind describes is configuration, or reference where it is only read; all else is an operation. */
const placeOf = (endpoint) => {
  const kind = endpoint.base === 'portal' || endpoint.base === 'service' ? kindOf(endpoint) : undefined;
  const owned = kind !== undefined && [...kind.scopes.read, ...kind.scopes.write].includes(endpoint.scope);
  if (endpoint.path.startsWith('/criteriafields/')) return 'reference';
  if (!owned || /executions|keys|summary|photo|archive|comments|setStatus/.test(endpoint.name)) return 'operation';
  return kind.manages.length === 0 ? 'reference' : `configuration (${kind.name})`;
};

const gaps = JSON.parse(await readFile(join(root, 'test/api/gaps.json'), 'utf8'));

const coverageRow = (endpoint) => [
  code(endpoint.name),
  code(`${endpoint.method} ${fullPath(endpoint)}`) +
    (endpoint.variant === undefined ? '' : ` (${endpoint.variant})`) +
    (endpoint.inferred === true ? ' (inferred)' : ''),
  scopesOf(endpoint).map(code).join(' or '),
  placeOf(endpoint),
  gaps.unserved.includes(endpoint.name) ? 'none yet: the sandbox does not serve it' : 'test/api/every-call.test.ts',
  endpoint.source,
];

const coverage = `<!-- Made by .config/docs.mjs from the table of calls. Change that, then run \`node .config/docs.mjs\`. -->

# Coverage of the API

${endpoints.length} calls in ${sectionNames.length} sections. Each has a function in [the library](library.md) and can be made with \`salesiq-sync api\`. The place says what else it is to this program: configuration that files describe, reference that names are looked up in, or an operation. The test is the one that makes the call against the sandbox.

${sectionNames
  .map(
    (name) =>
      `## ${name}\n\n${table(['name', 'call', 'scope', 'place', 'test', 'source'], endpoints.filter(({ section }) => section === name).map(coverageRow))}`,
  )
  .join('\n\n')}
`;

const allScopes = [...new Set(kinds.flatMap(({ scopes }) => [...scopes.read, ...scopes.write]))];
const readScopes = [...new Set(kinds.flatMap(({ scopes }) => scopes.read))];
const block = (indent, scopes) => ['```', `${scopes.join(',')}`, '```'].map((line) => `${indent}${line}`).join('\n');

const switchTable = table(
  ['switch', 'values, the first is the default', 'what it stands for'],
  switchDescriptions.map(({ name, values, about }) => [code(name), values.map(code).join(' '), about]),
);

/** Fills the place between two marks, `<!-- NAME: … -->` and `<!-- /NAME -->`. */
const filled = (text, name, made) => {
  const pattern = new RegExp(`(^([ \\t]*)<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(^[ \\t]*<!-- /${name} -->)`, 'm');
  if (!pattern.test(text)) throw new Error(`there is no place for ${name}`);
  return text.replace(pattern, (_all, begin, indent, end) => `${begin}\n${made(indent)}\n\n${end}`);
};

const textAt = (path) => readFile(join(root, path), 'utf8').catch(() => '');

const wanted = new Map([
  ['docs/yaml-reference.md', reference],
  ['docs/coverage.md', coverage],
  ['README.md', filled(await textAt('README.md'), 'scopes', (indent) => block(indent, allScopes))],
  ['docs/ci.md', filled(await textAt('docs/ci.md'), 'scopes', (indent) => block(indent, readScopes))],
  ['docs/sandbox.md', filled(await textAt('docs/sandbox.md'), 'switches', () => switchTable)],
]);

const stale = [];
for (const [path, text] of wanted) if ((await textAt(path)) !== text) stale.push(path);

if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is stale: run \`node .config/docs.mjs\``);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const path of stale) await writeFile(join(root, path), wanted.get(path));
}
