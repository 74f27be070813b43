/**
 * Times whole processes of `validate` and `plan` on generated repositories of
 * 1,000 and 10,000 rules against a local sandbox process, next to a plain
 * pipeline that reads, parses, checks, fetches, matches and compares, and does
 * nothing else (plain-pipeline.mjs). All in one run, side by side: the
 * commands take turns, and medians are compared.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const runs = Number(process.env['BENCH_RUNS'] ?? 7);
const sizes = [1_000, 10_000];
const cli = resolve('dist/cli.js');
const work = process.env['BENCH_FOLDER'] ?? mkdtempSync(join(tmpdir(), 'salesiq-bench-'));
const countries = ['Germany', 'Austria', 'Japan', 'Brazil', 'India', 'Kenya', 'Peru', 'Norway'];

const rule = (index) => {
  const country = countries[index % countries.length];
  const other = countries[(index * 3 + 1) % countries.length];
  return {
    yaml: [
      `  - title: Rule ${index} for ${country}`,
      '    app: Acme shop',
      `    enabled: ${index % 7 !== 0}`,
      '    when:',
      `      - { field: country, comparator: is_equal_to, values: [${country}] }`,
      '      - any:',
      `          - { field: number_of_visits, comparator: greater_than, values: [${index % 50}] }`,
      `          - { field: referer, comparator: contains, values: [campaign-${index}] }`,
      `          - { field: country, comparator: not_equals, values: [${other}] }`,
      '    route:',
      '      type: route_to_selected_users',
      '      departments: [Berlin]',
      '      operators: [anna@acme.test]',
      '      dynamic_users: [last_attender]',
    ].join('\n'),
    seed: {
      title: `Rule ${index} for ${country}`,
      app: 'Acme shop',
      enabled: index % 7 !== 0,
      and_criteria: [
        { or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [country] }] },
        {
          or_criteria: [
            { field_name: 'number_of_visits', comparator: 'greater_than', values: [String(index % 50)] },
            { field_name: 'referer', comparator: 'contains', values: [`campaign-${index}`] },
            { field_name: 'country', comparator: 'not_equals', values: [other] },
          ],
        },
      ],
      routing_type: 'route_to_selected_users',
      userset: [{ operators: ['anna@acme.test'], departments: ['Berlin'], dynamic_users: ['last_attender'] }],
    },
  };
};

/** A repository of so many rules, and a seed in which the portal already matches it. */
const makeRepository = (count) => {
  const folder = join(work, String(count));
  mkdirSync(join(folder, 'routing'), { recursive: true });
  const rules = Array.from({ length: count }, (_none, index) => rule(index));
  writeFileSync(join(folder, 'salesiq.yaml'), 'version: 1\nportals:\n  bench: { screenname: acme, data_center: eu }\n');
  const perFile = 500;
  for (let from = 0; from < count; from += perFile) {
    const some = rules.slice(from, from + perFile);
    writeFileSync(join(folder, 'routing', `${String(from).padStart(6, '0')}.yaml`), `visitor_routing_rules:\n${some.map(({ yaml }) => yaml).join('\n')}\n`);
  }
  const titles = rules.map(({ seed }) => `    - ${seed.title}`).join('\n');
  writeFileSync(join(folder, 'order.yaml'), `visitor_routing_order:\n  Acme shop:\n${titles}\n`);
  const seed = join(work, `${count}.json`);
  writeFileSync(
    seed,
    JSON.stringify({
      screenname: 'acme',
      apps: [{ name: 'Acme shop' }],
      departments: [{ name: 'Berlin' }],
      operators: [{ email: 'anna@acme.test', departments: ['Berlin'] }],
      visitor_routing_rules: rules.map((one) => one.seed),
    }),
  );
  return { folder, seed };
};

const startSandbox = async (seed) => {
  const child = spawn(process.execPath, [cli, 'sandbox', '--seed', seed], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes('Ctrl-C')) break;
  }
  const value = (name) => new RegExp(`export ${name}=(\\S+)`).exec(text)?.[1] ?? '';
  const env = Object.fromEntries(
    ['SALESIQ_SERVER', 'SALESIQ_ACCOUNTS_SERVER', 'SALESIQ_CLIENT_ID', 'SALESIQ_CLIENT_SECRET', 'SALESIQ_REFRESH_TOKEN'].map((name) => [name, value(name)]),
  );
  const token = /Zoho-oauthtoken (\S+?)'/.exec(text)?.[1] ?? '';
  return { child, env: { ...env, SALESIQ_CLIENT_ID: '', SALESIQ_ACCESS_TOKEN: token } };
};

const time = (command, args, options) => {
  const began = process.hrtime.bigint();
  const done = spawnSync(command, args, { ...options, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
  if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return { milliseconds, out: done.stdout };
};

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const shown = (milliseconds) => `${Math.round(milliseconds)} ms`.padStart(9);

/** Runs the commands in turn and gives each one's median. */
const inTurn = (commands) => {
  const times = commands.map(() => []);
  for (let run = 0; run < runs + 1; run += 1) {
    for (const [index, command] of commands.entries()) {
      const { milliseconds } = command.run();
      if (run > 0) times[index].push(milliseconds);
    }
  }
  return commands.map(({ name }, index) => ({ name, median: median(times[index]), least: Math.min(...times[index]), most: Math.max(...times[index]) }));
};

const node = process.execPath;
const print = (line) => process.stdout.write(`${line}\n`);
const failures = [];
const hold = (what, ratio, most) => {
  print(`  ${what}: ${ratio.toFixed(2)} (at most ${most})${ratio <= most ? '' : '  MISSED'}`);
  if (ratio > most) failures.push(what);
};

const plain = join(work, 'plain-pipeline.mjs');
await build({
  entryPoints: ['.config/plain-pipeline.mjs'],
  outfile: plain,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url); const __filename = '';" },
  logLevel: 'error',
});

print(
  `${runs} runs each, in turn, medians of whole processes; node ${process.version}, ${process.arch}, ${execFileSync('nproc', { encoding: 'utf8' }).trim()} cores`,
);
const planTimes = new Map();
for (const size of sizes) {
  const { folder, seed } = makeRepository(size);
  const { child, env } = await startSandbox(seed);
  try {
    const options = { cwd: folder, env: { ...process.env, ...env, CI: '1' } };
    const first = time(node, [cli, 'plan', '--rate', '1000000', '--json'], options);
    const { summary } = JSON.parse(first.out);
    if (Object.values(summary).some((count) => count !== 0)) throw new Error(`the plan should be empty: ${JSON.stringify(summary)}`);
    const results = inTurn([
      { name: 'validate', run: () => time(node, [cli, 'validate'], options) },
      { name: 'plan', run: () => time(node, [cli, 'plan', '--rate', '1000000'], options) },
      { name: 'plain pipeline', run: () => time(node, [plain, folder], options) },
    ]);
    print(`\n${size} rules`);
    for (const one of results) print(`  ${one.name.padEnd(16)}${shown(one.median)}   (${Math.round(one.least)} to ${Math.round(one.most)})`);
    const [, plan, pipeline] = results;
    planTimes.set(size, plan.median);
    hold('plan / plain pipeline', plan.median / pipeline.median, size === 10_000 ? 1.4 : 1.6);
  } finally {
    child.kill('SIGKILL');
  }
}
print('\ngrowth');
hold('plan of 10,000 rules / plan of 1,000', planTimes.get(10_000) / planTimes.get(1_000), 8);

const start = inTurn([
  { name: '--version', run: () => time(node, [cli, '--version'], {}) },
  { name: 'node -e 0', run: () => time(node, ['-e', '0'], {}) },
]);
print('\nstart');
for (const one of start) print(`  ${one.name.padEnd(16)}${shown(one.median)}   (${Math.round(one.least)} to ${Math.round(one.most)})`);
hold('--version / node -e 0', start[0].median / start[1].median, 1.5);

if (process.env['BENCH_FOLDER'] === undefined) rmSync(work, { recursive: true, force: true });
if (failures.length > 0) process.exitCode = 1;
