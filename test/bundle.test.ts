/** What is shipped, judged by the files that `npm run build` has made. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../src/version.ts';

const dist = join(import.meta.dirname, '..', 'dist');
const bundles = readdirSync(dist).filter((name) => name.endsWith('.js'));
const textOf = (name: string): string => readFileSync(join(dist, name), 'utf8');

/** The bundles that a command loads at its start: reached by imports that are not put off. */
const loadedBy = (entry: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, next] of textOf(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) if (next !== undefined) visit(next);
  };
  visit(entry);
  return found;
};

describe('the bundle', () => {
  it('holds validators, and nothing that could compile a schema at run time', () => {
    expect(bundles.length).toBeGreaterThan(3);
    const compilers = bundles.filter((name) => /compileSchema|_compileSchemaEnv|new Function\(/.test(textOf(name)));
    expect(compilers).toEqual([]);
    expect(bundles.some((name) => textOf(name).includes('instancePath'))).toBe(true);
  });

  it('loads no parser, no client and no sandbox to say its version', () => {
    const size = [...loadedBy('cli.js')].reduce((sum, name) => sum + textOf(name).length, 0);
    expect(size).toBeLessThan(150_000);
    const said = spawnSync(process.execPath, [join(dist, 'cli.js'), '--version'], { encoding: 'utf8' });
    expect([said.status, said.stdout]).toEqual([0, `${version}\n`]);
  });
});
