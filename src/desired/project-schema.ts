/** The schema of salesiq.yaml. */
import type { Kind, Schema } from '../model/index.ts';

const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });

const mapping = (description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
});

export const dataCenters = ['us', 'eu', 'in', 'au', 'cn', 'jp', 'ca', 'sa'] as const;

const portal = mapping('One portal: in a data centre, at addresses of its own, or the built-in sandbox.', {
  screenname: text("The portal's screen name, as in the address of its pages."),
  data_center: { type: 'string', enum: dataCenters, description: 'The data centre it is in.' },
  server: text('The address of the service, instead of a data centre: https://…'),
  accounts_server: text('The address of the accounts server that gives tokens: https://…'),
  sandbox: text('The built-in sandbox: the file that keeps its state, as a path inside this folder.'),
  seed: text('A file that the sandbox starts from, as a path inside this folder.'),
  variables: {
    type: 'object',
    description: 'Texts for ${name} in the files; ${env:NAME} in them is a variable of the environment.',
    additionalProperties: { type: 'string', description: 'The text that stands for ${name}.' },
  },
});

const policy = mapping('How this kind is treated.', {
  mode: {
    type: 'string',
    enum: ['manage', 'observe', 'ignore'],
    description: 'manage: the files decide (default). observe: differences are shown, nothing is written. ignore: left alone.',
  },
  unmanaged: {
    type: 'string',
    enum: ['keep', 'delete', 'error'],
    description: 'What becomes of live resources that no file describes: keep (default), delete, or error: nothing is applied while there are any.',
  },
  create: { type: 'boolean', description: 'Whether plans may create them. Off by default for operators (each is an invitation), on for everything else.' },
  delete: { type: 'boolean', description: 'Whether plans may delete them. Off by default for operators and apps, on for everything else.' },
  move_to: text('The one that takes over what was in deleted ones, by name: for departments and categories, where the service asks for it.'),
});

/** A share: `30%`, or 0.3. */
export const sharePattern = '^(?:(?:\\d{1,2}(?:\\.\\d+)?|100(?:\\.0+)?)\\s?%|0?\\.\\d+|0|1(?:\\.0+)?)$';

const share = (description: string): Schema => ({ type: 'string', pattern: sharePattern, description });

/** @param names the kinds that files can describe */
export const projectSchemaFor = (names: readonly string[]): Schema => ({
  ...mapping(
    'The project: portals, how kinds are treated, limits and protection.',
    {
      version: { type: 'integer', const: 1, description: 'The version of this format: 1.' },
      portals: {
        type: 'object',
        description: 'The portals by name. The names are yours; commands take them with --portal.',
        additionalProperties: portal,
        minProperties: 1,
      },
      kinds: mapping('How kinds are treated, where it is not the default.', Object.fromEntries(names.map((name) => [name, policy]))),
      limits: mapping('How much one plan may change of a kind.', {
        deletes: share('The share of live ones that one plan may delete: 30% (default), or 0.3.'),
        updates: share('The share of live ones that one plan may update: 50% (default), or 0.5.'),
        min_existing: { type: 'integer', minimum: 0, description: 'Kinds with fewer live ones than this are free of limits. Default: 10.' },
      }),
      protect: {
        type: 'array',
        items: text('An address such as visitor_routing_rules/Acme shop/Everyone else; * stands for any characters.'),
        description: 'What must not change: addresses or the beginnings of addresses.',
      },
    },
    ['version', 'portals'],
  ),
});

/** The names of the kinds that files can describe. */
export const describable = (kinds: readonly Kind[]): readonly string[] => kinds.filter(({ schema }) => schema !== undefined).map(({ name }) => name);
