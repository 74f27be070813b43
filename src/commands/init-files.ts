/**
 * What `init` writes. Every example says `only: [local]`, so that a plan
 * against a real portal never holds it: it is for the sandbox, until somebody
 * makes it their own.
 */
import { actionFolder, actionText } from './init-action.ts';
import { applyWorkflow, driftWorkflow, planWorkflow } from './init-workflows.ts';

/** A file to write. `example`: left out where a project is there already. `schema`: made by this program, worth renewing. */
export interface StarterFile {
  /** From the folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly role: 'project' | 'example' | 'schema' | 'support';
}

/** What is known of the real portal: both or neither. */
export interface RealPortal {
  readonly screenname: string;
  readonly dataCenter: string;
}

export interface Starter {
  readonly production?: RealPortal;
  readonly resourcesSchema: unknown;
  readonly projectSchema: unknown;
  /** Of this program: workflows run the same. */
  readonly version: string;
  /** Where pull requests are reviewed, if what it needs is to be written. */
  readonly forge?: 'github';
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The folder of the schemas. Committed, and beginning with a dot, so that it is no part of what is read as resources. */
export const schemaFolder = '.schema';

/** The first line of a file, which tells editors its schema, as a path from the file. */
const modeline = (path: string, schema: string): string =>
  `# yaml-language-server: $schema=${'../'.repeat(path.split('/').length - 1) || './'}${schemaFolder}/${schema}.schema.json\n`;

const example = (path: string, text: string): StarterFile => ({ path, text: `${modeline(path, 'resources')}${text}`, role: 'example' });

const productionText = ({ screenname, dataCenter }: RealPortal): string => `  production:
    screenname: ${screenname}
    data_center: ${dataCenter}
`;

const noProduction = `  # The real one. Take the # away and fill it in:
  # production:
  #   screenname: acme       # the part of the console's address after the host
  #   data_center: eu        # us eu in au cn jp ca sa
`;

const projectText = ({ production }: Starter): string => `${modeline('salesiq.yaml', 'project')}version: 1

portals:
${production === undefined ? noProduction : productionText(production)}
  # The built-in sandbox: needs no credentials, keeps its state in this file.
  local:
    sandbox: .salesiq/sandbox.json

# How kinds are treated, where the default will not do. What no file describes is kept, unless:
# kinds:
#   lead_scoring_rules: { unmanaged: delete }   # keep (default), delete, or error
#   webhooks: { mode: observe }                 # manage (default), observe, or ignore

# Addresses that no plan may change:
# protect:
#   - visitor_routing_rules/Acme shop/Everyone else
`;

const visitors = `# Who sees which visitors. "only: [local]" keeps an example away from real portals: take it out
# of what you make your own.
visitor_routing_rules:
  - title: Germany to the Berlin desk
    app: Acme shop
    only: [local]
    when: # all of these
      - { field: visitor_type, comparator: is_equal_to, values: [returning] }
      - any: # and one of these
          - { field: country, comparator: is_equal_to, values: [Germany] }
          - { field: country, comparator: is_equal_to, values: [Austria] }
    route:
      type: route_to_selected_users
      departments: [Berlin]
      operators: [anna@acme.test]
      dynamic_users: [last_attender]

  - title: Everyone else
    app: Acme shop
    only: [local]
    when:
      - { field: visitor_type, comparator: is_equal_to, values: [new, returning] }
    route:
      type: route_to_selected_users
      departments: [Support]

# The order, from the top: the first rule that holds wins.
visitor_routing_order:
  Acme shop:
    - Germany to the Berlin desk
    - "*" # rules that no file describes stay here
    - Everyone else

# What becomes of visitors whom no rule matches.
visitor_routing_default: { route_to_all: false, only: [local] }
`;

const chats = `# Who is asked to take which chats.
chat_routing_rules:
  - title: Back for more
    app: Acme shop
    only: [local]
    when:
      - { field: number_of_past_chats, comparator: greater_than, values: [2] }
    route:
      type: route_to_selected_users
      operators: [ben@acme.test]
      dynamic_users: [last_attender]

chat_routing_order:
  Acme shop:
    - Back for more
    - "*"
`;

const triggers = `# What the site does by itself for a visitor. Without an order list, the order is that of this file.
trigger_rules:
  - title: Help with the checkout
    app: Acme shop
    only: [local]
    enabled: true
    when:
      - { field: current_page_url, comparator: contains, values: [/checkout] }
    event: { type: lands_on_website }
    action:
      type: send_chat_invite
      params: { sender_name: Anna, value: Anything I can help with before you pay? }
      delay: 90
`;

const leadScoring = `# Points for what is known of a visitor. The service keeps no name for these rules; \`key\` is for people.
lead_scoring_rules:
  - key: looked at the prices
    only: [local]
    points: 25
    when:
      - { field: landing_page_url, comparator: contains, values: [/pricing] }

  - key: looks for a job
    only: [local]
    points: -40
    when:
      - { field: landing_page_url, comparator: contains, values: [/jobs] }

# How often the scores of inactive visitors are cut down.
lead_score_decay: { frequency: yearly, only: [local] }
`;

const webhooks = `# Which events are posted to which address.
webhooks:
  - url: https://hooks.acme.test/salesiq
    type: data
    only: [local]
    apps: [Acme shop]
    events: [conversation.created, conversation.missed, conversation.completed]
    secured: true
    keep_failed_executions: 14d
`;

const editorSettings = {
  'yaml.schemas': { [`./${schemaFolder}/project.schema.json`]: 'salesiq.yaml', [`./${schemaFolder}/resources.schema.json`]: '*.yaml' },
  'yaml.validate': true,
  '[yaml]': { 'editor.tabSize': 2, 'editor.insertSpaces': true },
};

/** Everything that a new repository begins with, in the order in which it is told of. Pure. */
export const starterFiles = (starter: Starter): readonly StarterFile[] => [
  { path: 'salesiq.yaml', text: projectText(starter), role: 'project' },
  example('routing/visitors.yaml', visitors),
  example('routing/chats.yaml', chats),
  example('triggers.yaml', triggers),
  example('lead-scoring.yaml', leadScoring),
  example('webhooks.yaml', webhooks),
  { path: '.gitignore', text: '# State of the sandbox, journals of runs.\n.salesiq/\n', role: 'support' },
  { path: `${schemaFolder}/project.schema.json`, text: jsonText(starter.projectSchema), role: 'schema' },
  { path: `${schemaFolder}/resources.schema.json`, text: jsonText(starter.resourcesSchema), role: 'schema' },
  { path: '.vscode/settings.json', text: jsonText(editorSettings), role: 'support' },
  { path: '.vscode/extensions.json', text: jsonText({ recommendations: ['redhat.vscode-yaml'] }), role: 'support' },
  ...(starter.forge === 'github' ? githubFiles(starter) : []),
];

const githubFiles = ({ version }: Starter): readonly StarterFile[] => [
  { path: `${actionFolder}/action.yml`, text: actionText(version), role: 'support' },
  { path: '.github/workflows/salesiq-plan.yml', text: planWorkflow(), role: 'support' },
  { path: '.github/workflows/salesiq-apply.yml', text: applyWorkflow(), role: 'support' },
  { path: '.github/workflows/salesiq-drift.yml', text: driftWorkflow(), role: 'support' },
];
