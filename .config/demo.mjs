// `npm run demo`: the main job on the samples, each in its own sandbox, with the built command.
// Copies samples/ to .tmp/demo/ (not in git), shows every command before running it, and fails
// where a command does not do what it should.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, '.tmp', 'demo');
const command = process.env['SALESIQ_DEMO_COMMAND'] ?? join(root, 'dist', 'cli.js');
const colour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
const bold = (text) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
const wrong = [];

const copyOf = (sample) => {
  const copy = join(folder, sample);
  cpSync(join(root, 'samples', sample), copy, { recursive: true, filter: (path) => !path.endsWith('.salesiq') });
  return copy;
};

/** Shows a command, runs it, shows what it prints, and holds it to its exit code and to what it must say. */
const run = (place, args, { exit, says = [], environment = {}, show = 'all' }) => {
  console.log(`\n${bold(`$ salesiq-sync ${args.join(' ')}`)}`);
  const { status, stdout, error } = spawnSync(process.execPath, [command, ...args], {
    cwd: place,
    env: { ...process.env, ...(colour ? { FORCE_COLOR: '1' } : {}), ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw error;
  const lines = stdout.trimEnd().split('\n');
  // What the plan above has shown already is not shown again.
  const from =
    show === 'all'
      ? 0
      : Math.max(
          0,
          lines.findIndex((line) => stripVTControlCharacters(line).startsWith('Plan: ')),
        );
  if (from > 0) console.log('(first the same plan, then …)');
  console.log(lines.slice(from).join('\n'));
  const plain = stripVTControlCharacters(stdout);
  const shown = `\`salesiq-sync ${args.join(' ')}\` in ${relative(root, place)}`;
  if (status !== exit) wrong.push(`${shown} ended with exit code ${status}, not ${exit}`);
  for (const pattern of says) if (!pattern.test(plain)) wrong.push(`${shown} should have printed ${pattern}`);
};

const allFour = /^Plan: [1-9]\d* to add, [1-9]\d* to change, [1-9]\d* to move, [1-9]\d* to delete\.$/m;
const matches = /^No changes\. The portal matches the files\.$/m;

const heading = (text) => console.log(`\n${bold(`── ${text} ${'─'.repeat(Math.max(3, 76 - text.length))}`)}`);

if (!existsSync(command)) {
  console.error('There is no dist/cli.js: run this as `npm run demo`, which builds it first.');
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });

console.log(`The main job on the built-in sandbox: check the files, plan, apply, and plan again.
To repeat a command, go to the folder named below and write

    node ${join('..', '..', '..', 'dist', 'cli.js')} plan

for \`salesiq-sync plan\` (or install the package and write it as it stands).
To begin again there, delete .salesiq/.`);

const shop = copyOf('shop');
heading(`${relative(root, shop)}: a tea shop, one app`);
run(shop, ['validate'], { exit: 0, says: [/^The files are valid\.$/m] });
run(shop, ['plan'], { exit: 0, says: [allFour, /1 not managed/] });
run(shop, ['apply', '--auto-approve'], { exit: 0, says: [allFour, /Read back: the portal matches the files\./], show: 'outcome' });
run(shop, ['plan', '--detailed-exitcode'], { exit: 0, says: [matches] });
console.log('\nExit code 0: nothing is left to do. (With changes it would have been 2.)');

const company = copyOf('company');
const environment = { HALDEN_HOOK_TOKEN: 'example' };
heading(`${relative(root, company)}: three apps, all kinds, several portals`);
console.log(`\n${bold('$ export HALDEN_HOOK_TOKEN=example')}`);
run(company, ['validate'], { exit: 0, says: [/^The files are valid\.$/m], environment });
run(company, ['apply', '--portal', 'local', '--auto-approve'], { exit: 0, says: [allFour, /Read back: the portal matches the files\./], environment });
run(company, ['plan', '--portal', 'local', '--detailed-exitcode'], { exit: 0, says: [matches], environment });

heading('the end');
if (wrong.length > 0) {
  for (const one of wrong) console.error(`Not as it should be: ${one}`);
  process.exit(1);
}
console.log('\nBoth portals match their files; every command did what it should.');
