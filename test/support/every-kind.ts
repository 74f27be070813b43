/** The laws of repositories that hold every kind at once: used in short and at length. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { openReader } from '../../src/api/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import { lookAgain } from '../../src/live/index.ts';
import { type Sandbox, type Switches, startSandbox } from '../../src/sandbox/index.ts';
import { type Content, fileText } from './any-content.ts';
import { exported, planned } from './export.ts';
import { type Clock, openClock, recipeFrom, runAgainst } from './harness.ts';

const described = kinds.filter(({ schema }) => schema !== undefined).map(({ name }) => name);

const movesTo = ['departments', 'canned_response_categories', 'article_categories'];

const project = `version: 1
portals: { production: { sandbox: unused.json } }
kinds:
${described
  .filter((name) => kinds.find((kind) => kind.name === name)?.manages.includes('delete'))
  .map((name) => `  ${name}: { unmanaged: delete, create: true, delete: true${movesTo.includes(name) ? ', move_to: General' : ''} }`)
  .join('\n')}
`;

const seed = { departments: [{ name: 'General' }], apps: [{ name: 'Harbour shop' }], operators: [{ email: 'owner@harbour.test', owner: true }] };

export const anyKindSwitches: fc.Arbitrary<Partial<Switches>> = fc.record({
  'paging-index': fc.constantFrom('batch', 'offset'),
  'id-type': fc.constantFrom('documented', 'string', 'number'),
  'object-names': fc.constantFrom('documented', 'overview'),
  'create-answer': fc.constantFrom('echo', 'id', 'empty'),
  'put-answer': fc.constantFrom('echo', 'empty', 'none'),
  'delete-answer': fc.constantFrom('empty', 'object', 'id', 'none'),
  'put-details': fc.constantFrom('partial', 'replacing'),
  'deleted-operators': fc.constantFrom('gone', 'listed'),
  'list-order': fc.constantFrom('position', 'created', 'reversed', 'shuffled'),
  statuses: fc.constantFrom('always-200', 'real'),
  'limit-beyond': fc.constantFrom('refused', 'lowered'),
  'index-base': fc.constantFrom('0', '1'),
  'tag-color': fc.constantFrom('kept', 'lower-case'),
  'canned-paging': fc.constantFrom('overlapping', 'following', 'plain'),
  'canned-department': fc.constantFrom('department_id', 'department', 'absent'),
  'list-articles': fc.constantFrom('whole', 'without-content'),
  'article-titles': fc.constantFrom('free', 'unique'),
  'blocked-ids': fc.constantFrom('own', 'shared'),
  'blocked-all-apps': fc.constantFrom('row-per-app', 'one-row'),
  'blocked-path': fc.constantFrom('both', 'with-id'),
  'monitor-switch': fc.constantFrom('both', 'enabled', 'status'),
  'preset-update': fc.constantFrom('whole', 'partial'),
  'view-time': fc.constantFrom('number', 'string'),
  'returning-view': fc.constantFrom('returning', 'repeated'),
  'sub-field-name': fc.constantFrom('sub_field', 'sub_fields'),
});

const reach = async (sandbox: Sandbox, content: Content, clock: Clock): Promise<void> => {
  const recipe = recipeFrom({ project: { path: 'salesiq.yaml', text: project }, files: [{ path: 'all.yaml', text: fileText(content) }] });
  const run = await runAgainst(sandbox, recipe, clock);
  expect(run.plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(run.plan.refusals).toEqual([]);
  const open = run.result?.outcomes.filter(({ state }) => state !== 'applied') ?? [];
  expect(open.filter(({ state }) => state !== 'not_tried')).toEqual([]);
  expect(open).toEqual([]);
  expect(run.second.changes.map(({ action, address, fields }) => ({ action, address, fields }))).toEqual([]);
  expect(run.asked.plan.filter(({ method }) => method !== 'GET')).toEqual([]);
};

const comesBack = async (sandbox: Sandbox, content: Content, clock: Clock): Promise<void> => {
  const reader = openReader(
    {
      server: sandbox.url,
      accountsServer: sandbox.url,
      screenname: sandbox.screenname,
      credentials: { kind: 'token', accessToken: sandbox.accessToken },
      ratePerMinute: 0,
    },
    {},
    { timing: { now: clock.now, elapsed: clock.now, sleep: clock.sleep, random: () => 0.5 } },
  );
  const { live } = await lookAgain(reader, kinds, described);
  reader.close();
  const fresh = exported({}, live);
  // Which department a response is for may not be told at all; then no file can say it.
  expect(fresh.diagnostics.filter(({ code, address }) => !(code === 'field-not-exported' && address?.startsWith('canned_responses/')))).toEqual([]);
  expect(planned(fresh.texts, live)).toEqual([]);
  expect(exported(fresh.texts, live).texts).toEqual(fresh.texts);
  // Files that say what is live stay as they are, byte by byte.
  const files = { 'all.yaml': fileText(content) };
  expect(exported(files, live, { project, portal: 'production' }).texts['all.yaml']).toBe(files['all.yaml']);
};

/** One world: from nothing to the first repository, from there to the second, each settled in one run and exported. */
export const everyKindHolds = async (first: Content, second: Content, some: Partial<Switches>): Promise<void> => {
  const clock = openClock();
  const sandbox = await startSandbox({ seed, switches: some, now: clock.now, random: 7 });
  try {
    await reach(sandbox, first, clock);
    await comesBack(sandbox, first, clock);
    await reach(sandbox, second, clock);
    await comesBack(sandbox, second, clock);
  } finally {
    await sandbox.close();
  }
};
