/** A world as a repository: YAML in several files, written now this way, now that. */
import type { SourceFile } from '../../src/model/index.ts';
import {
  type Content,
  type Criterion,
  type Family,
  type FamilyName,
  familyNames,
  type When,
  type World,
  type WrittenHook,
  type WrittenLead,
  type WrittenRule,
} from './world.ts';
import { documentText, type Node, type Pen, penOf } from './yaml.ts';

const orderKeys: Readonly<Record<FamilyName, string>> = {
  visitor_routing_rules: 'visitor_routing_order',
  chat_routing_rules: 'chat_routing_order',
  trigger_rules: 'trigger_order',
};

type Pair = readonly [string, Node];
const raw = (value: number | boolean | null): Node => ({ text: value === null ? 'null' : String(value) });
const some = (...pairs: readonly (Pair | undefined)[]): readonly Pair[] => pairs.filter((pair) => pair !== undefined);

const criterionNode = (criterion: Criterion, pen: Pen): Node => ({
  map: some(
    ['field', pen.say(criterion.field)],
    ['comparator', pen.say(criterion.comparator)],
    criterion.values.length === 0 && pen.chance(0.5) ? undefined : ['values', { list: criterion.values.map((value) => pen.say(value, 'listed')) }],
    criterion.sub_field === undefined ? undefined : ['sub_field', pen.say(criterion.sub_field)],
    criterion.integration === undefined ? undefined : ['integration', pen.say(criterion.integration)],
  ),
});

const whenNode = (when: When, pen: Pen): Node => ({
  list: when.map((group) => {
    const [only] = group;
    if (group.length === 1 && only !== undefined && pen.chance(0.7)) return criterionNode(only, pen);
    return { map: [['any', { list: group.map((criterion) => criterionNode(criterion, pen)) }]] };
  }),
});

const names = (list: readonly string[], pen: Pen, change: (name: string) => string = (name) => name): Node => ({
  list: pen.shuffled(pen.chance(0.2) ? [...list, ...list] : list).map((name) => pen.say(change(name), 'listed')),
});

const shouted =
  (pen: Pen) =>
  (email: string): string =>
    pen.chance(0.3) ? email.toUpperCase() : email;

/** The route that the files write; undefined where they write none. */
const routeNode = ({ content, parts }: WrittenRule, pen: Pen): Node | undefined => {
  if (parts.route === 'none') return undefined;
  const type: Pair = ['type', pen.say('route_to_selected_users')];
  const [first] = content.sets;
  const operators: Pair = ['operators', names(first?.operators ?? [], pen, shouted(pen))];
  if (parts.route === 'type') return { map: [type] };
  if (parts.route === 'operators') return { map: [operators] };
  if (parts.route === 'cleared') return { map: pen.shuffled(some(type, ['departments', raw(null)], ['dynamic_users', raw(null)])) };
  return {
    map: pen.shuffled(some(type, ['departments', names(first?.departments ?? [], pen)], operators, ['dynamic_users', names(first?.dynamic_users ?? [], pen)])),
  };
};

const paramsNode = (content: Content, pen: Pen): Node => ({
  map: Object.entries(content.action.params).map(([key, value]) => [
    key,
    value === '' ? { text: "''" } : key === 'value' || key === 'sender_name' ? pen.say(value) : { text: JSON.stringify(value) },
  ]),
});

const actionNode = ({ content, parts }: WrittenRule, pen: Pen): Node | undefined => {
  const type: Pair = ['type', pen.say(content.action.type)];
  const delay: Pair | undefined = content.action.delay === undefined ? undefined : ['delay', raw(content.action.delay)];
  switch (parts.action) {
    case 'none':
      return undefined;
    case 'type':
      return { map: [type] };
    case 'params':
      return { map: [['params', paramsNode(content, pen)]] };
    case 'no delay':
      return { map: some(type, ['delay', raw(null)]) };
    case 'whole':
      return { map: pen.shuffled(some(type, ['params', paramsNode(content, pen)], delay)) };
  }
};

const ruleNode = (name: FamilyName, rule: WrittenRule, only: string | undefined, pen: Pen): Node => {
  const { content, parts, previously } = rule;
  const route = name === 'trigger_rules' ? undefined : routeNode(rule, pen);
  const action = name === 'trigger_rules' ? actionNode(rule, pen) : undefined;
  const rest = some(
    ['app', pen.say(rule.app)],
    previously === undefined ? undefined : ['previously', { list: [pen.say(previously, 'listed')] }],
    only === undefined ? undefined : ['only', { list: [{ text: only }] }],
    parts.enabled ? ['enabled', raw(content.enabled)] : undefined,
    parts.when ? ['when', whenNode(content.when, pen)] : undefined,
    route === undefined ? undefined : ['route', route],
    name === 'trigger_rules' && parts.event
      ? ['event', { map: Object.entries(content.event).map(([key, value]) => [key, { text: JSON.stringify(value) }]) }]
      : undefined,
    action === undefined ? undefined : ['action', action],
  );
  return { map: [['title', pen.say(rule.title)], ...(pen.chance(0.5) ? rest : pen.shuffled(rest))] };
};

const orderName = (title: string, pen: Pen): Node => (title === '*' || pen.chance(0.1) ? { map: [['title', pen.say(title)]] } : pen.say(title, 'listed'));

const orderNode = (order: readonly string[], star: number | undefined, elsewhere: readonly string[], pen: Pen): Node => {
  const list = order.map((title) => orderName(title, pen));
  if (star !== undefined) list.splice(star, 0, { text: pen.chance(0.5) ? '"*"' : "'*'" });
  for (const title of elsewhere) list.splice(Math.floor(pen.draw() * (list.length + 1)), 0, orderName(title, pen));
  return { list };
};

const leadNode = (rule: WrittenLead, pen: Pen): Node => ({
  map: some(
    ['key', pen.say(rule.key)],
    rule.points === undefined ? undefined : ['points', raw(rule.points)],
    rule.enabled === undefined ? undefined : ['enabled', raw(rule.enabled)],
    ['when', whenNode(rule.when, pen)],
  ),
});

const hookNode = (hook: WrittenHook, pen: Pen): Node => ({
  map: some(
    ['url', { text: JSON.stringify(`\${hooks}${hook.tail}`) }],
    ['type', pen.say(hook.type)],
    hook.apps === undefined ? undefined : ['apps', hook.apps === null ? raw(null) : names(hook.apps, pen)],
    hook.events === undefined ? undefined : ['events', names(hook.events, pen)],
    hook.secured === undefined ? undefined : ['secured', raw(hook.secured)],
    hook.keep === undefined
      ? undefined
      : ['keep_failed_executions', hook.keep === null ? raw(null) : { text: pen.chance(0.5) ? `${hook.keep}d` : `${hook.keep * 24}h` }],
  ),
});

/** One entry of a file: a key with what stands below it. */
interface Piece {
  readonly file: number;
  readonly key: string;
  readonly nodes: readonly Node[];
  readonly map?: readonly Pair[];
}

const familyPieces = (name: FamilyName, family: Family, fileCount: number, pen: Pen): readonly Piece[] => {
  if (!family.managed) return [];
  const anyFile = (): number => Math.floor(pen.draw() * fileCount);
  const pieces: Piece[] = [{ file: anyFile(), key: name, nodes: [] }];
  for (const list of family.lists) {
    const at = anyFile();
    const rules = list.order === 'file' ? list.rules : pen.shuffled(list.rules);
    for (const rule of rules) pieces.push({ file: list.order === 'file' ? at : anyFile(), key: name, nodes: [ruleNode(name, rule, undefined, pen)] });
    for (const title of list.elsewhere) {
      const away = {
        title,
        app: list.app,
        content: list.rules[0]?.content ?? awayContent,
        parts: { enabled: true, when: true, route: 'type' as const, event: false, action: 'none' as const },
      };
      pieces.push({ file: anyFile(), key: name, nodes: [ruleNode(name, away, 'staging', pen)] });
    }
    if (list.order === 'list' && (list.rules.length > 0 || list.elsewhere.length > 0))
      pieces.push({
        file: anyFile(),
        key: orderKeys[name],
        nodes: [],
        map: [
          [
            list.app,
            orderNode(
              list.rules.map(({ title }) => title),
              list.star,
              list.elsewhere,
              pen,
            ),
          ],
        ],
      });
  }
  return pieces;
};

const awayContent: Content = {
  enabled: false,
  when: [[{ field: 'country', comparator: 'is_equal_to', values: ['Chile'] }]],
  sets: [],
  event: { type: 'lands_on_website' },
  action: { type: 'glow_button', params: {} },
};

const listed = (key: string, managed: boolean, nodes: readonly Node[], fileCount: number, pen: Pen): readonly Piece[] =>
  managed
    ? [{ file: Math.floor(pen.draw() * fileCount), key, nodes: [] }, ...nodes.map((node) => ({ file: Math.floor(pen.draw() * fileCount), key, nodes: [node] }))]
    : [];

/** Documents of a file: a key stands once in each, so what comes again goes into the next document where chance wants it. */
const fileText = (pieces: readonly Piece[], pen: Pen): string => {
  const cut = pen.chance(0.25) ? Math.floor(pen.draw() * pieces.length) : pieces.length;
  return [pieces.slice(0, cut), pieces.slice(cut)]
    .filter((part, index) => part.length > 0 || index === 0)
    .map((part) => {
      const keys = [...new Set(part.map(({ key }) => key))];
      const map = keys.map((key): Pair => {
        const mine = part.filter((piece) => piece.key === key);
        const maps = mine.flatMap((piece) => piece.map ?? []);
        if (maps.length > 0) return [key, { map: maps }];
        const [first] = mine;
        if (first?.key === 'lead_score_decay' || first?.key === 'visitor_routing_default') return [key, first.nodes[0] ?? { map: [] }];
        return [key, { list: mine.flatMap(({ nodes }) => nodes) }];
      });
      return documentText({ map }, pen);
    })
    .join('---\n');
};

/** salesiq.yaml, and the files below it. @param hooks the address that webhooks begin with */
export const filesOf = (world: World, hooks: string): { readonly project: SourceFile; readonly files: readonly SourceFile[] } => {
  const pen = penOf(world.style);
  const fileCount = 1 + Math.floor(pen.draw() * 3);
  const pieces: Piece[] = [
    ...familyNames.flatMap((name) => familyPieces(name, world.families[name], fileCount, pen)),
    ...listed(
      'lead_scoring_rules',
      world.leads.managed,
      world.leads.written.map((rule) => leadNode(rule, pen)),
      fileCount,
      pen,
    ),
    ...listed(
      'webhooks',
      world.hooks.managed,
      world.hooks.written.map((hook) => hookNode(hook, pen)),
      fileCount,
      pen,
    ),
    ...(world.decay.written === undefined
      ? []
      : [{ file: 0, key: 'lead_score_decay', nodes: [{ map: [['frequency', pen.say(world.decay.written)] as const] }] }]),
    ...(world.routeToAll.written === undefined
      ? []
      : [{ file: 0, key: 'visitor_routing_default', nodes: [{ map: [['route_to_all', raw(world.routeToAll.written)] as const] }] }]),
  ];
  const policies = [
    ...familyNames.map((name) => [name, world.families[name].policy] as const),
    ['lead_scoring_rules', world.leads.policy] as const,
    ['webhooks', world.hooks.policy] as const,
  ].filter(([, policy]) => policy === 'delete');
  return {
    project: {
      path: 'salesiq.yaml',
      text: [
        'version: 1',
        'portals:',
        '  production:',
        '    screenname: harbour',
        '    data_center: eu',
        `    variables: { hooks: ${JSON.stringify(hooks)} }`,
        '  staging: { screenname: harbour-staging, data_center: eu, variables: { hooks: "https://staging.test" } }',
        ...(policies.length === 0 ? [] : ['kinds:', ...policies.map(([name]) => `  ${name}: { unmanaged: delete }`)]),
        '',
      ].join('\n'),
    },
    files: Array.from({ length: fileCount }, (_none, index) => ({
      path: `part-${index}/rules.yaml`,
      text: fileText(
        pieces.filter(({ file }) => file === index),
        pen,
      ),
    })),
  };
};
