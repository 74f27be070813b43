/**
 * A harbour's portal and its files, sixty changes apart: rules to make, to
 * change, to move, to delete, to switch on and off, in all three families, lead
 * scoring and webhooks, beside rules of strangers that nobody may touch.
 */
import type { PortalState } from '../../../src/sandbox/index.ts';

const app = 'Harbour shop';

const condition = (value: string) => ({ and_criteria: [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [value] }] }] });
const routing = (title: string, value: string, enabled = true) => ({
  title,
  app,
  enabled,
  ...condition(value),
  userset: [{ departments: ['Pier'], operators: [], dynamic_users: [] }],
});
const trigger = (title: string, value: string, enabled = true) => ({
  title,
  app,
  enabled,
  ...condition(value),
  event: { type: 'lands_on_website' },
  action: { type: 'send_chat_invite', params: { sender_name: 'Ida', value: 'Ahoy' }, delay: '30' },
});
const lead = (value: string, points: number, enabled = true) => ({
  points: String(points),
  status: enabled ? 'enabled' : 'disabled',
  AND_criteria: [{ OR_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [value] }] }],
});
const hook = (name: string, secured: boolean) => ({
  url: `https://hooks.harbour.test/${name}`,
  type: 'data',
  events: ['conversation.created'],
  apps: [app],
  secured,
});

const each = <T>(count: number, make: (n: number) => T): readonly T[] => Array.from({ length: count }, (_none, n) => make(n + 1));

/** What the portal is before: `Stranger n` and `Wreck n` are not ours; `Wharf n` and `Rust n` are to go. */
export const harbourSeed = {
  screenname: 'harbour',
  apps: [{ name: app }],
  departments: [{ name: 'Pier' }, { name: 'Lighthouse' }],
  operators: [{ email: 'ida@harbour.test', role: 'Administrator' }],
  visitor_routing_rules: [
    routing('Stranger 1', 'Chile'),
    ...each(12, (n) => routing(`Berth ${n}`, `Land ${n}`, n % 4 !== 0)),
    routing('Stranger 2', 'Peru'),
    ...each(4, (n) => routing(`Wreck ${n}`, `Sand ${n}`)),
  ],
  chat_routing_rules: [...each(6, (n) => routing(`Wharf ${n}`, `Sand ${n}`)), ...each(6, (n) => routing(`Quay ${n}`, `Land ${n}`))],
  trigger_rules: [...each(10, (n) => trigger(`Bell ${n}`, `Land ${n}`, n % 3 !== 0)), ...each(9, (n) => trigger(`Rust ${n}`, `Sand ${n}`))],
  lead_scoring_rules: [lead('Chile', 99), ...each(6, (n) => lead(`Land ${n}`, 10 * n)), ...each(2, (n) => lead(`Sand ${n}`, n))],
  route_to_all: 'enabled',
  webhooks: [hook('stranger', true), ...each(4, (n) => hook(`old-${n}`, false))],
};

const when = (value: string): string => `    when: [{ field: country, comparator: is_equal_to, values: [${value}] }]\n`;
const rule = (title: string, value: string, { enabled = true, department = 'Pier' } = {}): string =>
  `  - title: ${title}\n    app: ${app}\n    enabled: ${enabled}\n${when(value)}    route: { type: route_to_selected_users, departments: [${department}], operators: [], dynamic_users: [] }\n`;
const bell = (title: string, value: string, { enabled = true, delay = 30 } = {}): string =>
  `  - title: ${title}\n    app: ${app}\n    enabled: ${enabled}\n${when(value)}    event: { type: lands_on_website }\n    action: { type: send_chat_invite, params: { sender_name: Ida, value: Ahoy }, delay: ${delay} }\n`;
const score = (key: string, value: string, points: number, enabled = true): string =>
  `  - key: ${key}\n    points: ${points}\n    enabled: ${enabled}\n${when(value)}`;

const berths = each(12, (n) => n);
/** Two go to the front, one to the end, the new ones stand between. */
export const berthOrder = [
  'Berth 9',
  'Berth 11',
  'New 1',
  ...berths.filter((n) => ![9, 11, 2].includes(n)).map((n) => `Berth ${n}`),
  'New 2',
  'New 3',
  'Berth 2',
];
export const quayOrder = ['Quay 4', 'Quay 1', 'Quay 2', 'Slip 1', 'Quay 3', 'Quay 5', 'Quay 6', 'Slip 2'];
export const bellOrder = ['Bell 10', ...each(9, (n) => `Bell ${n}`), 'Gong 1', 'Gong 2', 'Gong 3'];

export const harbourFiles: Readonly<Record<string, string>> = {
  'routing.yaml': [
    'visitor_routing_rules:\n',
    ...berths.map((n) => rule(`Berth ${n}`, n % 2 === 0 ? `Land ${n}` : `Coast ${n}`, { enabled: n !== 3, department: n === 6 ? 'Lighthouse' : 'Pier' })),
    ...each(3, (n) => rule(`New ${n}`, `Isle ${n}`, { enabled: n !== 2 })),
    `visitor_routing_order:\n  ${app}: [${berthOrder.join(', ')}]\n`,
    'chat_routing_rules:\n',
    ...each(6, (n) => rule(`Quay ${n}`, n > 3 ? `Coast ${n}` : `Land ${n}`)),
    ...each(2, (n) => rule(`Slip ${n}`, `Isle ${n}`)),
    `chat_routing_order:\n  ${app}: [${quayOrder.join(', ')}]\n`,
  ].join(''),
  'triggers.yaml': [
    'trigger_rules:\n',
    ...each(10, (n) => bell(`Bell ${n}`, `Land ${n}`, { delay: n % 2 === 0 ? 45 : 30 })),
    ...each(3, (n) => bell(`Gong ${n}`, `Isle ${n}`, { enabled: n !== 3 })),
    `trigger_order:\n  ${app}: [${bellOrder.join(', ')}]\n`,
  ].join(''),
  'scores.yaml': [
    'lead_scoring_rules:\n',
    ...each(6, (n) => score(`land ${n}`, `Land ${n}`, 10 * n, n !== 2)),
    ...each(4, (n) => score(`isle ${n}`, `Isle ${n}`, -n, n !== 4)),
    'lead_score_decay: { frequency: monthly }\n',
    'visitor_routing_default: { route_to_all: false }\n',
  ].join(''),
  'hooks.yaml': [
    'webhooks:\n',
    ...each(4, (n) => `  - { url: "https://hooks.harbour.test/old-${n}", type: data, apps: [${app}], events: [conversation.created], secured: ${n < 3} }\n`),
    ...each(3, (n) => `  - { url: "https://hooks.harbour.test/new-${n}", type: data, apps: [${app}], events: [conversation.missed], secured: true }\n`),
  ].join(''),
};

/** Nine of sixteen rules go, and most of what stays is changed: more than the limits allow by themselves. */
export const harbourSettings =
  'kinds:\n  chat_routing_rules: { unmanaged: delete }\n  trigger_rules: { unmanaged: delete }\nlimits: { deletes: 100%, updates: 100% }\n';

/** How many changes lie between the portal and the files. */
export const harbourChanges = 60;

const familyNames = ['visitor_routing_rules', 'chat_routing_rules', 'trigger_rules'] as const;
const orders = { visitor_routing_rules: berthOrder, chat_routing_rules: quayOrder, trigger_rules: bellOrder };

/** What is wrong with the portal, told by its state alone: sentences; none means that the files hold and strangers are as they were. */
export const wrongWith = (before: PortalState, after: PortalState): readonly string[] => {
  const wrong: string[] = [];
  const say = (text: string, ok: boolean): void => {
    if (!ok) wrong.push(text);
  };
  for (const name of familyNames) {
    const list = [...after[name]].sort((a, b) => a.position - b.position);
    const titles = list.map(({ title }) => title);
    say(`${name}: twice there: ${titles.filter((title, at) => titles.indexOf(title) !== at).join(', ')}`, new Set(titles).size === titles.length);
    const ours = titles.filter((title) => orders[name].includes(title));
    say(`${name}: the order is ${ours.join(', ')}`, ours.join() === orders[name].join());
    // Nobody owns the strangers: what they are, and their order among themselves, is as it was. Nor was anything lost that no file describes.
    const gone = name === 'visitor_routing_rules' ? [] : before[name].filter(({ title }) => !orders[name].includes(title)).map(({ title }) => title);
    say(`${name}: still there: ${titles.filter((title) => gone.includes(title)).join(', ')}`, !titles.some((title) => gone.includes(title)));
    say(
      `${name}: ${titles.length} rules`,
      titles.length === before[name].length - gone.length + orders[name].filter((title) => !before[name].some((old) => old.title === title)).length,
    );
    for (const old of before[name].filter(({ title }) => !orders[name].includes(title) && !gone.includes(title))) {
      const now = after[name].find(({ id }) => id === old.id);
      say(
        `${name}: "${old.title}", which is not ours, was touched`,
        JSON.stringify({ ...now, position: 0, stats: 0 }) === JSON.stringify({ ...old, position: 0, stats: 0 }),
      );
    }
  }
  const berth = (title: string) => after.visitor_routing_rules.find((one) => one.title === title);
  for (const n of berths) {
    const value = berth(`Berth ${n}`)?.and_criteria[0]?.or_criteria[0]?.values[0];
    say(`Berth ${n} is for ${value}`, value === (n % 2 === 0 ? `Land ${n}` : `Coast ${n}`));
    say(`Berth ${n} is on: ${berth(`Berth ${n}`)?.enabled}`, berth(`Berth ${n}`)?.enabled === (n !== 3));
  }
  for (const n of [1, 2, 3]) {
    say(`New ${n} is on: ${berth(`New ${n}`)?.enabled}`, berth(`New ${n}`)?.enabled === (n !== 2));
    const gong = after.trigger_rules.find(({ title }) => title === `Gong ${n}`);
    say(`Gong ${n} is on: ${gong?.enabled}`, gong?.enabled === (n !== 3));
  }
  for (const n of each(10, (one) => one)) {
    const one = after.trigger_rules.find(({ title }) => title === `Bell ${n}`);
    say(`Bell ${n} waits ${one?.action?.delay}`, one?.action?.delay === (n % 2 === 0 ? '45' : '30'));
    say(`Bell ${n} is on: ${one?.enabled}`, one?.enabled === true);
  }
  const scores = after.lead_scoring_rules.map((one) => `${one.and_criteria[0]?.or_criteria[0]?.values[0]} ${one.points} ${one.enabled}`).sort();
  const wanted = [
    'Chile 99 true',
    ...each(6, (n) => `Land ${n} ${10 * n} ${n !== 2}`),
    ...each(2, (n) => `Sand ${n} ${n} true`),
    ...each(4, (n) => `Isle ${n} ${-n} ${n !== 4}`),
  ].sort();
  say(`lead scoring is ${scores.join('; ')}`, scores.join() === wanted.join());
  const hooks = after.webhooks.map(({ url, secured }) => `${url.slice('https://hooks.harbour.test/'.length)} ${secured}`).sort();
  say(
    `webhooks are ${hooks.join('; ')}`,
    hooks.join() === ['stranger true', 'new-1 true', 'new-2 true', 'new-3 true', 'old-1 true', 'old-2 true', 'old-3 false', 'old-4 false'].sort().join(),
  );
  const ids = before.webhooks.find(({ url }) => url.endsWith('stranger'));
  say('the webhook of a stranger was touched', JSON.stringify(after.webhooks.find(({ id }) => id === ids?.id)) === JSON.stringify(ids));
  say(`route to all is ${after.route_to_all}`, after.route_to_all === 'disabled');
  say(`scores decay ${after.lead_score_config.frequency}`, after.lead_score_config.frequency === 'monthly');
  return wrong;
};
