/** docs/watch.md says what is there: flags, metrics, events, and what its rules for alerts ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { registerCommands } from '../../src/cli/index.ts';
import { openMetrics } from '../../src/watch/index.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/watch.md'), 'utf8');
const section = (title: string): string => page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
/** The words in code of the first cell of each row. */
const named = (title: string): readonly string[] =>
  [...section(title).matchAll(/^\| (`[^|]*(?:\\\|[^|]*)*) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word));

describe('the page about watch', () => {
  it('names every flag, and no other', () => {
    const program = new Command('salesiq-sync');
    registerCommands(program, async () => undefined);
    const options = program.commands.find((command) => command.name() === 'watch')?.options ?? [];
    const flags = options.map(({ long }) => long ?? '');
    expect(flags.length).toBeGreaterThan(20);
    const told = named('Flags').flatMap((words) => words.match(/--[a-z-]+/g) ?? []);
    expect([...new Set(told)].sort()).toEqual([...new Set(flags)].sort());
  });

  it('names every metric, and no other', async () => {
    const metrics = openMetrics({ version: '1', clock: () => 0, mode: 'plan', ofProcess: 'without' });
    const there = [...(await metrics.text()).matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name);
    expect(there.length).toBeGreaterThan(15);
    expect([...named('Metrics')].sort()).toEqual(there.sort());
  });

  it('asks in its alerts for metrics that are there', () => {
    const [, rules = ''] = /```yaml\n([\s\S]*?)```/.exec(section('Metrics')) ?? [];
    const { groups } = parse(rules);
    expect(groups[0].rules.length).toBeGreaterThan(5);
    const known = named('Metrics');
    for (const { expr } of groups[0].rules) for (const name of expr.match(/salesiq_sync_\w+/g)) expect(known).toContain(name);
  });

  it('names every event of the log, and no other', () => {
    const sources = ['src/watch', 'src/commands'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => folder === 'src/watch' || name.startsWith('watch'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const events = sources.flatMap((text) => [...text.matchAll(/\bevent: '([a-z]+)'/g)].map(([, event = '']) => event));
    expect([...named('The log')].sort()).toEqual([...new Set(events)].sort());
  });
});
