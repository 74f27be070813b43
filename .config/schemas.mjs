// Makes what is made of the kinds' schemas: config-schema/*.schema.json for
// editors (committed; `--check` tells whether they are fresh) and the
// validators.js of src/desired/ and src/callbacks/, which check files without
// compiling a schema at run time (not committed).
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Bundles a module and gives its text. */
const bundled = async (contents, resolveDir) => {
  const result = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    external: ['yaml'],
  });
  return result.outputFiles[0].text;
};

const loadSources = async () => {
  const text = await bundled(
    `export { kinds } from './src/kinds/index.ts';
     export { strictSchema, resourceSchema } from './src/desired/schema.ts';
     export { describable, projectSchemaFor } from './src/desired/project-schema.ts';
     export { resourcesSchema, projectSchema } from './src/desired/editor-schema.ts';
     export { widgetResponseSchema, progressSchema, botResponseSchema } from './src/callbacks/schema.ts';`,
    root,
  );
  await mkdir(join(root, '.tmp'), { recursive: true });
  const folder = await mkdtemp(join(root, '.tmp', 'schemas-'));
  try {
    const file = join(folder, 'sources.mjs');
    await writeFile(file, text);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const validatorsText = async ({ kinds, strictSchema, resourceSchema, describable, projectSchemaFor }) => {
  const names = describable(kinds);
  const ajv = new Ajv2020({ allErrors: true, strict: true, code: { source: true, esm: true } });
  for (const kind of kinds) if (kind.schema !== undefined) ajv.addSchema(strictSchema(resourceSchema(kind, kind.schema)), kind.name);
  ajv.addSchema(strictSchema(projectSchemaFor(names)), 'project');
  const code = standalone.default(ajv, Object.fromEntries([...names.map((name) => [`kind_${name}`, name]), ['project', 'project']]));
  const door = `
export const resourceValidators = { ${names.map((name) => `${name}: kind_${name}`).join(', ')} };
export const projectValidator = project;
export const kindNames = ${JSON.stringify(names)};
`;
  const text = await bundled(`${code.replaceAll('export const ', 'const ')}${door}`, root);
  return `// Made by .config/schemas.mjs from the kinds' schemas. Not committed.\n${text}`;
};

/** A schema without what is said to people. */
const bare = (schema) => JSON.parse(JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)));

const bodyValidatorsText = async ({ widgetResponseSchema, progressSchema, botResponseSchema }) => {
  // Findings bring the schema that they belong to: it tells which keys there are.
  const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true, inlineRefs: false, code: { source: true, esm: true } });
  const schemas = { widgetResponse: widgetResponseSchema, progress: progressSchema, botResponse: botResponseSchema };
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(bare(schema), name);
  const code = standalone.default(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
  return `// Made by .config/schemas.mjs from the schemas of the callbacks. Not committed.\n${await bundled(code, root)}`;
};

const jsonText = (value) => `${JSON.stringify(value, null, 2)}\n`;

const textAt = async (file) => readFile(file, 'utf8').catch(() => '');

const sources = await loadSources();
const schemas = new Map([
  ['config-schema/resources.schema.json', jsonText(sources.resourcesSchema(sources.kinds))],
  ['config-schema/project.schema.json', jsonText(sources.projectSchema(sources.kinds))],
  ['config-schema/widget-response.schema.json', jsonText(sources.widgetResponseSchema)],
  ['config-schema/callback-progress.schema.json', jsonText(sources.progressSchema)],
  ['config-schema/bot-response.schema.json', jsonText(sources.botResponseSchema)],
]);

if (process.argv.includes('--check')) {
  const stale = [];
  for (const [path, text] of schemas) if ((await textAt(join(root, path))) !== text) stale.push(path);
  for (const path of stale) console.error(`${path} is stale: run \`node .config/schemas.mjs\``);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  await mkdir(join(root, 'config-schema'), { recursive: true });
  for (const [path, text] of schemas) await writeFile(join(root, path), text);
  await writeFile(join(root, 'src/desired/validators.js'), await validatorsText(sources));
  await writeFile(join(root, 'src/callbacks/validators.js'), await bodyValidatorsText(sources));
}
