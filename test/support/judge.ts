/**
 * What must have come of a world, told by the sandbox's state and its log
 * alone: nothing here asks the program what it thinks. Each finding is a
 * sentence; none means that all is well.
 */
import type { LoggedRequest, PortalState, RoutingRule, Switches, TriggerRule } from '../../src/sandbox/index.ts';
import type { Run } from './harness.ts';
import {
  departments,
  type Family,
  type FamilyName,
  familyNames,
  type LiveRule,
  operators,
  type Users,
  type When,
  type World,
  type WrittenList,
  type WrittenRule,
} from './world.ts';
import { day } from './world-seed.ts';

type StoredRule = RoutingRule | TriggerRule;

const paths: Readonly<Record<FamilyName, string>> = {
  visitor_routing_rules: 'visitorroutingrules',
  chat_routing_rules: 'chatroutingrules',
  trigger_rules: 'triggerrules',
};

const rulesIn = (state: PortalState, name: FamilyName): readonly StoredRule[] => state[name];
const appName = (state: PortalState, id: string): string => state.apps.find((app) => app.id === id)?.name ?? '';
const byPlace = (a: StoredRule, b: StoredRule): number => a.position - b.position || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
const ofApp = (state: PortalState, name: FamilyName, app: string): readonly StoredRule[] =>
  rulesIn(state, name)
    .filter((rule) => appName(state, rule.app_id) === app)
    .sort(byPlace);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** The stored form of criteria. */
const storedWhen = (when: When): unknown =>
  when.map((group) => ({
    or_criteria: group.map(({ field, comparator, values, sub_field, integration }) => ({
      field_name: field,
      comparator,
      values,
      ...(sub_field === undefined ? {} : { sub_field }),
      ...(integration === undefined ? {} : { integ_name: integration }),
    })),
  }));

const positionIn = (list: readonly string[], name: string): number => list.indexOf(name);

const idsOf = (state: PortalState, users: Users): unknown => ({
  departments: sorted(users.departments.map((name) => state.departments[positionIn(departments, name)]?.id ?? name)),
  operators: sorted(users.operators.map((email) => state.operators[positionIn(operators, email)]?.id ?? email)),
  dynamic_users: sorted(users.dynamic_users),
});

const storedSets = (rule: RoutingRule): readonly unknown[] =>
  rule.userset.map((set) => ({ departments: sorted(set.department_ids), operators: sorted(set.operator_ids), dynamic_users: sorted(set.dynamic_users) }));

const noUsers: Users = { departments: [], operators: [], dynamic_users: [] };

const wantedSets = (rule: WrittenRule, live: LiveRule | undefined): readonly Users[] => {
  const [first = noUsers, ...more] = live?.sets ?? [];
  const [mine = noUsers] = rule.content.sets;
  switch (rule.parts.route) {
    case 'none':
    case 'type':
      return [first, ...more];
    case 'operators':
      return [{ ...first, operators: mine.operators }, ...more];
    case 'cleared':
      return [{ ...first, departments: [], dynamic_users: [] }, ...more];
    case 'whole':
      return [mine, ...more];
  }
};

const sortedKeys = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sortedKeys(inner)]),
      )
    : value;

const wantedAction = (rule: WrittenRule, live: LiveRule | undefined): unknown => {
  const { action } = rule.content;
  const old = live?.action ?? { type: '', params: {} };
  const delayed = (delay: number | undefined): object => (delay === undefined ? {} : { delay: String(delay) });
  switch (rule.parts.action) {
    case 'none':
      return { type: old.type, params: old.params, ...delayed(old.delay) };
    case 'type':
      return { type: action.type, params: old.params, ...delayed(old.delay) };
    case 'params':
      return { type: old.type, params: { ...old.params, ...action.params }, ...delayed(old.delay) };
    case 'no delay':
      return { type: action.type, params: old.params };
    case 'whole':
      return { type: action.type, params: { ...old.params, ...action.params }, ...delayed(action.delay ?? old.delay) };
  }
};

const contentFindings = (name: FamilyName, rule: WrittenRule, live: LiveRule | undefined, stored: StoredRule, state: PortalState): readonly string[] => {
  const called = `${name}/${rule.app}/${rule.title}`;
  const findings: string[] = [];
  const expect = (what: string, want: unknown, got: unknown): void => {
    if (!same(sortedKeys(want), sortedKeys(got))) findings.push(`${called}: ${what} should be ${JSON.stringify(want)} and is ${JSON.stringify(got)}`);
  };
  expect('enabled', rule.parts.enabled ? rule.content.enabled : true, stored.enabled);
  expect('criteria', storedWhen(rule.parts.when ? rule.content.when : (live?.when ?? [])), stored.and_criteria);
  if ('userset' in stored) {
    const empty = (set: unknown): boolean => same(set, idsOf(state, noUsers));
    const want = wantedSets(rule, live).map((users) => idsOf(state, users));
    const got = storedSets(stored);
    const bare = (sets: readonly unknown[]): readonly unknown[] => (sets.length === 1 && empty(sets[0]) ? [] : sets);
    expect('users', bare(want), bare(got));
    expect('routing type', 'route_to_selected_users', stored.routing_type);
  } else {
    expect('event', { ...live?.event, ...(rule.parts.event ? rule.content.event : {}) }, stored.event);
    expect('action', wantedAction(rule, live), stored.action);
  }
  return findings;
};

interface Described {
  readonly rule: WrittenRule;
  readonly list: WrittenList;
  readonly live: LiveRule | undefined;
  readonly id: string | undefined;
}

const describedIn = (family: Family, name: FamilyName, before: PortalState): readonly Described[] =>
  family.lists.flatMap((list) =>
    list.rules.map((rule): Described => {
      const title = rule.previously ?? rule.title;
      return {
        rule,
        list,
        live: family.live.find((one) => one.app === rule.app && one.title === title),
        id: rulesIn(before, name).find((one) => appName(before, one.app_id) === rule.app && one.title === title)?.id,
      };
    }),
  );

const withoutPlace = ({ position: _place, ...rest }: StoredRule): unknown => rest;

/** The rank of a rule in its list; undescribed ones stand at "*", where there is one. */
const ranksOf = (list: WrittenList) => {
  const ranks = new Map(list.rules.map(({ title }, index) => [title, 2 * index]));
  const star = list.star === undefined ? undefined : 2 * list.star - 1;
  return { rankOf: (title: string, mine: boolean): number | undefined => (mine ? ranks.get(title) : star), star };
};

const orderFindings = (name: FamilyName, list: WrittenList, rules: readonly StoredRule[], ours: ReadonlySet<string>): readonly string[] => {
  const { rankOf } = ranksOf(list);
  const shown = rules.map(({ title, position, id }) => `${position} ${title}${ours.has(id) ? '' : ' (not ours)'}`).join(', ');
  let highest: { rank: number; position: number } | undefined;
  for (const rule of rules) {
    const rank = rankOf(rule.title, ours.has(rule.id));
    if (rank === undefined) continue;
    if (highest !== undefined && (rank < highest.rank || (rank > highest.rank && rule.position === highest.position)))
      return [`${name}/${list.app} is not in order: ${shown}; wanted ${list.rules.map(({ title }) => title).join(', ')}, * at ${list.star}`];
    highest = { rank, position: rule.position };
  }
  return [];
};

/** How many rules must be placed at least, if places shift: what cannot stay, by trying every set that could. */
export const fewestMoves = (list: WrittenList, rules: readonly StoredRule[], ours: ReadonlySet<string>): number => {
  const { rankOf, star } = ranksOf(list);
  const fixedAt = rules.flatMap((rule, index) => (ours.has(rule.id) ? [] : [index]));
  const first = Math.min(Infinity, ...fixedAt);
  const last = Math.max(-Infinity, ...fixedAt);
  const best: number[] = [];
  const mine = rules.flatMap((rule, index) => (ours.has(rule.id) ? [{ rank: rankOf(rule.title, true) ?? 0, index }] : []));
  const possible = mine.filter(({ rank, index }) => star === undefined || (rank < star ? index < first : index > last));
  possible.forEach(({ rank }, at) => {
    best[at] = 1 + Math.max(0, ...possible.slice(0, at).map((other, before) => (other.rank < rank ? (best[before] ?? 0) : 0)));
  });
  return mine.length - Math.max(0, ...best);
};

/** Whether numbers can be dealt to our rules so that the order holds, where those of others do not change. */
const hasRoom = (name: FamilyName, list: WrittenList, state: PortalState, ours: ReadonlySet<string>, switches: Switches): boolean => {
  const rules = ofApp(state, name, list.app);
  const inScope = rulesIn(state, name).filter((rule) => switches['position-scope'] === 'portal' || appName(state, rule.app_id) === list.app);
  const numbers = inScope.map(({ position }) => position);
  const base = switches['position-base'] === '0' ? 0 : 1;
  const sparse = switches['position-spacing'] === 'sparse';
  const free = switches['position-range'] === 'free';
  const low = free ? 0 : sparse ? Math.min(...numbers) : base;
  const high = free ? Math.max(...numbers) + rules.length : sparse ? Math.max(...numbers) : base + inScope.length - 1;
  const slots = rules.filter(({ id }) => ours.has(id)).map(({ position }) => position);
  const taken = new Set(
    (switches['position-move'] === 'swap' ? inScope : rules)
      .filter(({ id }) => !ours.has(id) || switches['position-move'] === 'swap')
      .map(({ position }) => position),
  );
  for (const slot of slots) taken.delete(slot);
  const fixed = rules.filter(({ id }) => !ours.has(id)).map(({ position }) => position);
  const { star } = ranksOf(list);
  const fits = (least: number, most: number): boolean => {
    const available = Array.from({ length: Math.max(0, most - least + 1) }, (_none, index) => least + index).filter((number) => !taken.has(number));
    let previous = -Infinity;
    for (const [index] of list.rules.entries()) {
      const above = star !== undefined && 2 * index > star ? Math.max(previous, ...fixed) : previous;
      const below = star !== undefined && 2 * index < star ? Math.min(Infinity, ...fixed) : Infinity;
      const next = available.find((number) => number > above && number < below);
      if (next === undefined) return false;
      previous = next;
    }
    return true;
  };
  if (!fits(low, high)) return false;
  // Where numbers are drawn in to those in use, two of ours that stand at each other's end need room in what is left when one has gone: no third one holds the end for them.
  const [first, last] = list.rules.map(({ title, previously }) =>
    rules.find((rule) => ours.has(rule.id) && (rule.title === title || rule.title === previously)),
  );
  const alone = (number: number, id: string | undefined): boolean => inScope.every((rule) => rule.position !== number || rule.id === id);
  const crossed = list.rules.length === 2 && low < high && alone(high, first?.id) && alone(low, last?.id);
  if (switches['position-move'] !== 'assign' || !sparse || free || !crossed) return true;
  const without = (id: string | undefined): readonly number[] => inScope.filter((rule) => rule.id !== id).map(({ position }) => position);
  return fits(low, Math.max(...without(first?.id))) || fits(Math.min(...without(last?.id)), high);
};

/** Whether these calls, if places shifted, would have led to the same numbers: then nobody can tell an exchange of neighbours from it. */
const couldBeShift = (name: FamilyName, run: Run, placings: readonly LoggedRequest[], scope: Switches['position-scope'], appId: string): boolean => {
  const { unplaced, after } = run;
  let places = rulesIn(unplaced, name).map(({ id, app_id, position }) => ({ id, app_id, position }));
  for (const { path, body } of placings) {
    const id = idIn(path);
    const mover = places.find((rule) => rule.id === id);
    const asked = typeof body === 'object' && body !== null && 'position' in body ? Number(body.position) : Number.NaN;
    if (mover === undefined) return false;
    const list = places.filter((rule) => scope === 'portal' || rule.app_id === mover.app_id).sort((a, b) => a.position - b.position);
    const numbers = list.map(({ position }) => position);
    const rest = list.filter((rule) => rule !== mover);
    const at = numbers.findIndex((number) => number >= asked);
    rest.splice(at === -1 ? rest.length : at, 0, mover);
    const dealt = new Map(rest.map((rule, index) => [rule.id, numbers[index] ?? rule.position]));
    places = places.map((rule) => ({ ...rule, position: dealt.get(rule.id) ?? rule.position }));
  }
  return places
    .filter(({ app_id }) => scope === 'portal' || app_id === appId)
    .every(({ id, position }) => rulesIn(after, name).find((rule) => rule.id === id)?.position === position);
};

const accepted = (log: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  log.filter(({ code, status }) => code === undefined && status >= 200 && status < 300);
const idIn = (path: string): string => path.split('/').at(-1) ?? '';
const isPlacing = ({ body }: LoggedRequest): boolean => typeof body === 'object' && body !== null && 'position' in body;

const familyFindings = (world: World, run: Run, switches: Switches, name: FamilyName): { readonly findings: readonly string[]; readonly cramped: boolean } => {
  const family = world.families[name];
  const findings: string[] = [];
  const { before, after, unplaced } = run;
  const described = describedIn(family, name, before);
  const known = new Map(described.flatMap((one) => (one.id === undefined ? [] : [[one.id, one]])));
  const writes = run.asked.apply.filter(({ method, path }) => method !== 'GET' && path.includes(`/${paths[name]}`) && !path.endsWith('commonrule'));
  const deletes = family.managed && family.policy === 'delete';

  if (!family.managed) {
    if (writes.length > 0) findings.push(`${name} is not managed, and was written: ${JSON.stringify(writes)}`);
    if (!same(before[name], after[name])) findings.push(`${name} is not managed, and changed`);
    return { findings, cramped: false };
  }

  // Every described rule is there once, and as described.
  const ours = new Set<string>();
  for (const { rule, live, id } of described) {
    const found = rulesIn(after, name).filter(
      (one) => one.title === rule.title && appName(after, one.app_id) === rule.app && (id === undefined || one.id === id),
    );
    const [one] = found;
    if (one === undefined || found.length > 1) findings.push(`${name}/${rule.app}/${rule.title} is there ${found.length} times`);
    else {
      ours.add(one.id);
      findings.push(...contentFindings(name, rule, live, one, after));
    }
  }

  // Others are as they were, or gone where the files say so.
  const strangers = rulesIn(before, name).filter(({ id }) => !known.has(id));
  for (const stranger of strangers) {
    const now = rulesIn(after, name).find(({ id }) => id === stranger.id);
    const called = `${name}/${appName(before, stranger.app_id)}/${stranger.title} (${stranger.id}), which no file describes,`;
    if (deletes && now !== undefined) findings.push(`${called} is still there`);
    if (deletes) continue;
    if (now === undefined) findings.push(`${called} is gone`);
    else if (!same(withoutPlace(stranger), withoutPlace(now))) findings.push(`${called} changed: ${JSON.stringify(now)}`);
  }
  const places = writes.filter((write) => write.method === 'PUT' && isPlacing(write));
  const likeShift = (appId: string): boolean =>
    switches['position-move'] === 'swap' && (['portal', 'app'] as const).some((scope) => couldBeShift(name, run, accepted(places), scope, appId));
  for (const stranger of deletes || switches['position-move'] === 'shift' ? [] : strangers) {
    const [was, is] = [unplaced, after].map((state) => rulesIn(state, name).find(({ id }) => id === stranger.id)?.position);
    if (was !== is && !likeShift(stranger.app_id))
      findings.push(`${name}/${stranger.title} (${stranger.id}), which no file describes, got another number: ${was} became ${is}`);
  }
  const expected = described.length + (deletes ? 0 : strangers.length);
  if (rulesIn(after, name).length !== expected) findings.push(`${name} has ${rulesIn(after, name).length} rules, not ${expected}`);
  for (const { method, path } of writes) {
    if (method === 'POST') continue;
    const id = idIn(path);
    if (strangers.some((one) => one.id === id) && !(method === 'DELETE' && deletes))
      findings.push(`${method} was sent to ${name} ${id}, which no file describes`);
    if (method === 'DELETE' && known.has(id)) findings.push(`the described ${name} ${id} was deleted`);
  }

  let cramped = false;
  for (const app of world.apps) {
    const strangersOf = (state: PortalState): readonly string[] =>
      ofApp(state, name, app)
        .map(({ id }) => id)
        .filter((id) => strangers.some((one) => one.id === id));
    const order = strangersOf(after);
    const wanted = strangersOf(before).filter((id) => order.includes(id));
    if (!same(order, wanted))
      findings.push(`the rules of ${name}/${app} that no file describes stand in another order: ${wanted.join()} became ${order.join()}`);
    const list = family.lists.find((one) => one.app === app);
    if (list === undefined || list.rules.length === 0) continue;
    // By the titles that they have in the end: an update may have renamed some.
    const start = ofApp(unplaced, name, app).map(
      (rule): StoredRule => ({ ...rule, title: rulesIn(after, name).find(({ id }) => id === rule.id)?.title ?? rule.title }),
    );
    const placings = accepted(places).filter(({ path }) => start.some(({ id }) => id === idIn(path)));
    if (switches['position-move'] === 'shift') {
      const least = fewestMoves(list, start, ours);
      if (placings.length !== least)
        findings.push(
          `${name}/${app}: ${placings.length} calls placed rules, ${least} would do: ${JSON.stringify(placings.map(({ path, body }) => [idIn(path), body]))} from ${start.map(({ title, position }) => `${position} ${title}`).join(', ')}, wanted ${list.rules.map(({ title }) => title).join(', ')}, * at ${list.star}`,
        );
    }
    const room = switches['position-move'] === 'shift' || hasRoom(name, list, unplaced, ours, switches);
    const wrong = orderFindings(name, list, ofApp(after, name, app), ours);
    if (room)
      findings.push(
        ...wrong.map(
          (text) =>
            `${text} (from ${start.map(({ title, position }) => `${position} ${title}`).join(', ')}; calls ${JSON.stringify(places.filter(({ path }) => start.some(({ id }) => id === idIn(path))).map(({ path, body, code }) => [idIn(path), body, code]))})`,
        ),
      );
    else cramped = cramped || wrong.length > 0;
  }
  return { findings, cramped };
};

const leadFindings = (world: World, run: Run): readonly string[] => {
  const { leads } = world;
  const { before, after } = run;
  const findings: string[] = [];
  const writes = run.asked.apply.filter(({ method, path }) => method !== 'GET' && path.includes('/leadscorerules'));
  if (!leads.managed)
    return same(before.lead_scoring_rules, after.lead_scoring_rules) && writes.length === 0 ? [] : ['lead scoring rules are not managed, and were written'];
  const text = (when: unknown): string => JSON.stringify(when);
  const claimed = new Set<string>();
  // The most exact demands choose first.
  for (const rule of [...leads.written].sort((a, b) => Number(a.points === undefined) - Number(b.points === undefined))) {
    const found = after.lead_scoring_rules.find(
      (one) =>
        !claimed.has(one.id) &&
        text(one.and_criteria) === text(storedWhen(rule.when)) &&
        one.enabled === (rule.enabled ?? true) &&
        (rule.points === undefined || one.points === String(rule.points)),
    );
    if (found === undefined) findings.push(`the lead scoring rule "${rule.key}" is not there as described`);
    else claimed.add(found.id);
  }
  const mine = new Set(leads.written.map(({ when }) => text(storedWhen(when))));
  for (const old of before.lead_scoring_rules) {
    const now = after.lead_scoring_rules.find(({ id }) => id === old.id);
    const touched = writes.some(({ path }) => idIn(path) === old.id);
    if (leads.policy === 'keep' && now === undefined) findings.push(`the lead scoring rule ${old.id} is gone`);
    if (leads.policy === 'keep' && !mine.has(text(old.and_criteria)) && (touched || !same(old, now)))
      findings.push(`the lead scoring rule ${old.id}, which no file describes, was written`);
  }
  if (leads.policy === 'delete' && after.lead_scoring_rules.length !== leads.written.length)
    findings.push(`there are ${after.lead_scoring_rules.length} lead scoring rules, not ${leads.written.length}`);
  return findings;
};

const hookFindings = (world: World, run: Run, hooks: string): readonly string[] => {
  const { before, after } = run;
  const findings: string[] = [];
  const writes = run.asked.apply.filter(({ method, path }) => method !== 'GET' && path.includes('/webhooks'));
  if (!world.hooks.managed) return same(before.webhooks, after.webhooks) && writes.length === 0 ? [] : ['webhooks are not managed, and were written'];
  const isMine = ({ type, url }: { readonly type: string; readonly url: string }): boolean =>
    world.hooks.written.some((hook) => hook.type === type && `${hooks}${hook.tail}` === url);
  for (const hook of world.hooks.written) {
    const live = world.hooks.live.find(({ type, tail }) => type === hook.type && tail === hook.tail);
    const found = after.webhooks.filter(({ type, url }) => type === hook.type && url === `${hooks}${hook.tail}`);
    const [one] = found;
    if (one === undefined || found.length > 1) {
      findings.push(`the webhook ${hook.type} ${hook.tail} is there ${found.length} times`);
      continue;
    }
    const wantedApps = hook.apps === undefined ? (live?.apps ?? []) : (hook.apps ?? []);
    const want = {
      apps: sorted(wantedApps.map((name) => after.apps.find((app) => app.name === name)?.id ?? name)),
      events: sorted(hook.events ?? live?.events ?? []),
      secured: hook.secured === undefined ? (live?.secured ?? false) : (hook.secured ?? false),
      keep: String((hook.keep === undefined ? (live?.keep ?? 60) : (hook.keep ?? 60)) * day),
    };
    const got = { apps: sorted(one.app_ids), events: sorted(one.events), secured: one.secured, keep: one.expiry_time_for_executions_data };
    if (!same(want, got)) findings.push(`the webhook ${hook.type} ${hook.tail} should be ${JSON.stringify(want)} and is ${JSON.stringify(got)}`);
  }
  for (const old of before.webhooks.filter((hook) => !isMine(hook))) {
    const now = after.webhooks.find(({ id }) => id === old.id);
    if (world.hooks.policy === 'delete' ? now !== undefined : !same(old, now))
      findings.push(`the webhook ${old.url}, which no file describes, is ${now === undefined ? 'gone' : 'there, or changed'}`);
  }
  return findings;
};

const managedPaths = (world: World): readonly string[] => [
  ...(world.families.visitor_routing_rules.managed ? ['visitorroutingrules', 'apps', 'departments', 'operators'] : []),
  ...(world.families.chat_routing_rules.managed ? ['chatroutingrules', 'apps', 'departments', 'operators'] : []),
  ...(world.families.trigger_rules.managed ? ['triggerrules', 'apps'] : []),
  ...(world.leads.managed ? ['leadscorerules'] : []),
  ...(world.hooks.managed ? ['webhooks', 'webhooks', 'apps'] : []),
  ...(world.decay.written === undefined ? [] : ['leadscoreconfigs']),
  ...(world.routeToAll.written === undefined ? [] : ['commonrule']),
];

/** One GET for each list page of the kinds in the files and of what they refer to, and no other. */
const readFindings = (world: World, run: Run, switches: Switches): readonly string[] => {
  const findings: string[] = [];
  for (const [what, log] of [
    ['plan', run.asked.plan],
    ['the second plan', run.asked.again],
  ] as const) {
    if (log.some(({ method }) => method !== 'GET'))
      findings.push(
        `${what} sent ${log
          .filter(({ method }) => method !== 'GET')
          .map(({ method }) => method)
          .join()}`,
      );
    if (switches['rate-limit'] > 0) continue;
    const short = switches['list-webhooks'] === 'short';
    const asked = log.map(({ path }) => path).filter((path) => !(short && /\/webhooks\/\d+$/.test(path)));
    const want = managedPaths(world);
    const once = new Set(want.filter((path) => path !== 'webhooks'));
    const expected = [...once, ...want.filter((path) => path === 'webhooks')].sort();
    const got = asked.map(idIn).sort();
    if (!same(expected, got)) findings.push(`${what} read ${got.join()}, not ${expected.join()}`);
    const details = log.filter(({ path }) => short && /\/webhooks\/\d+$/.test(path)).map(({ path }) => path);
    if (new Set(details).size !== details.length) findings.push(`${what} read a webhook twice`);
  }
  return findings;
};

/** Everything that is wrong with a run of a world. */
export const findingsOf = (world: World, run: Run, switches: Switches, hooks: string): readonly string[] => {
  const { plan, result, second, before, after } = run;
  const wrong = plan.diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0 || plan.refusals.length > 0) return [...wrong, ...plan.refusals].map(({ message }) => `the plan has an error: ${message}`);
  const families = familyNames.map((name) => familyFindings(world, run, switches, name));
  const cramped = families.some((family) => family.cramped);
  const findings = [
    ...families.flatMap((family) => family.findings),
    ...leadFindings(world, run),
    ...hookFindings(world, run, hooks),
    ...readFindings(world, run, switches),
  ];

  if (after.lead_score_config.frequency !== (world.decay.written ?? world.decay.live)) findings.push('the frequency of lead score decay is not as described');
  if (after.route_to_all !== ((world.routeToAll.written ?? world.routeToAll.live) ? 'enabled' : 'disabled')) findings.push('route_to_all is not as described');
  if (after.chat_route_to_all !== before.chat_route_to_all) findings.push('route_to_all of chats was written');
  if (!same(after.apps, before.apps) || !same(after.operators, before.operators) || !same(after.departments, before.departments))
    findings.push('apps, operators or departments were written');
  if (run.asked.apply.some(({ path, method }) => method !== 'GET' && /\/(?:apps|operators|departments)\b/.test(path)))
    findings.push('a kind that is only read was written');

  const states = result?.outcomes.map(({ state }) => state) ?? [];
  if (plan.changes.length === 0) {
    if (result !== undefined || run.asked.apply.some(({ method }) => method !== 'GET')) findings.push('a plan without changes wrote something');
  } else if (result === undefined) findings.push('the plan was not applied');
  else if (cramped) {
    if (result.settled || states.every((state) => state === 'applied')) findings.push('there was no room for an order, and apply says that all is done');
  } else {
    if (!result.settled)
      findings.push(
        `apply did not settle: ${JSON.stringify(result.outcomes.filter(({ state }) => state !== 'applied'))}, left ${JSON.stringify(result.left?.changes)}`,
      );
    if (states.some((state) => state !== 'applied'))
      findings.push(`an outcome is not applied: ${JSON.stringify(result.outcomes.filter(({ state }) => state !== 'applied'))}`);
  }
  if (!cramped && second.changes.length > 0)
    findings.push(
      `the second plan is not empty: ${second.changes.map(({ action, address, fields }) => `${action} ${address} ${JSON.stringify(fields)}`).join('; ')}`,
    );
  if (cramped && second.changes.length === 0) findings.push('an order is not reached, and the second plan is empty');
  if (result !== undefined && result.settled !== (second.changes.length === 0))
    findings.push(`apply says settled: ${result.settled}, and the second plan has ${second.changes.length} changes`);
  return findings;
};
