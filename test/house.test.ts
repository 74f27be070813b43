/** The walls of the house: who may import whom, and which package and which impurity has which room. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/kinds/index.ts';

const root = resolve(import.meta.dirname, '../src');

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .sort();

const importsOf = (path: string): readonly Import[] => {
  const text = readFileSync(join(root, path), 'utf8');
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*(?:\{[^}]*\}[^'"\n;]*)?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g,
    ),
  ];
  return specifiers.map(([, a, b, c]) => {
    const to = a ?? b ?? c ?? '';
    return { from: path, to: to.startsWith('.') ? relative(root, resolve(root, dirname(path), to)).replaceAll('\\', '/') : to };
  });
};

const all = files.flatMap(importsOf);
const floorOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);
const isOwn = ({ to }: Import): boolean => to.endsWith('.ts') || to.endsWith('.js') || to.endsWith('.json');
const own = all.filter((one) => isOwn(one) && !one.to.startsWith('..'));
const packages = all.filter((one) => !isOwn(one));
const broken = (list: readonly Import[]): readonly string[] => list.map(({ from, to }) => `${from} imports ${to}`);

const middle = ['desired', 'base', 'live', 'plan', 'apply', 'report', 'kinds', 'api', 'callbacks', 'webhooks', 'github', 'watch'];

describe('the walls of the house', () => {
  it('finds the imports it is to judge', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(own.length).toBeGreaterThan(150);
  });

  it('lets model import nothing of the program', () => {
    expect(broken(own.filter(({ from, to }) => floorOf(from) === 'model' && floorOf(to) !== 'model'))).toEqual([]);
  });

  it('lets the folders in the middle import model alone', () => {
    expect(broken(own.filter(({ from, to }) => middle.includes(floorOf(from)) && floorOf(to) !== floorOf(from) && floorOf(to) !== 'model'))).toEqual([]);
  });

  it('lets the sandbox share nothing with the program', () => {
    expect(broken(own.filter(({ from, to }) => floorOf(from) === 'sandbox' && floorOf(to) !== 'sandbox'))).toEqual([]);
  });

  it('lets nobody but cli.ts and the doors import commands', () => {
    expect(
      broken(own.filter(({ from, to }) => floorOf(to) === 'commands' && floorOf(from) !== 'commands' && floorOf(from) !== 'cli' && from !== 'cli.ts')),
    ).toEqual([]);
  });

  it('opens folders by their door alone', () => {
    const through = own.filter(({ from, to }) => to.includes('/') && floorOf(from) !== floorOf(to) && floorOf(to) !== 'commands' && !to.endsWith('/index.ts'));
    expect(broken(through)).toEqual([]);
  });

  const rooms: Readonly<Record<string, readonly RegExp[]>> = {
    commander: [/^cli(\.ts$|\/)/],
    yaml: [/^desired\//],
    got: [/^api\//],
    '@octokit/core': [/^github\//],
    '@octokit/plugin-paginate-rest': [/^github\//],
    '@octokit/plugin-retry': [/^github\//],
    '@octokit/plugin-throttling': [/^github\//],
    'fast-deep-equal': [/^plan\//],
    hono: [/^sandbox\//],
    '@hono/node-server': [/^sandbox\//],
    'prom-client': [/^watch\//],
    munkres: [/^plan\//],
    'p-queue': [/^api\//],
    'lossless-json': [/^api\//, /^sandbox\//],
    'proper-lockfile': [/^api\//, /^apply\//],
    'write-file-atomic': [/^api\//, /^apply\//, /^sandbox\//, /^desired\/(files|write-files)\.ts$/, /^commands\//],
    'node:http': [/^api\/exchange\.ts$/, /^sandbox\//, /^webhooks\/receiver\.ts$/, /^watch\/server\.ts$/],
    'node:child_process': [/^base\//],
    'node:fs': [/^desired\/files\.ts$/, /^apply\/(journal|snapshot|lock|plan-file)\.ts$/, /^api\/token-/, /^sandbox\//, /^cli\.ts$/],
    'node:fs/promises': [
      /^desired\/(files|write-files)\.ts$/,
      /^base\/own-folder\.ts$/,
      /^apply\/(journal|snapshot|lock|plan-file)\.ts$/,
      /^api\/token-/,
      /^sandbox\//,
      /^commands\//,
      /^cli\.ts$/,
    ],
  };

  it('keeps each package and the file system in their rooms', () => {
    expect(broken(packages.filter(({ from, to }) => rooms[to]?.some((room) => room.test(from)) === false))).toEqual([]);
  });

  it('keeps process.env, the standard streams and the exit code in cli.ts', () => {
    const outside = files.filter(
      (path) => path !== 'cli.ts' && /process\.(env|stdout|stderr|exit|exitCode|argv)\b/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(outside).toEqual([]);
  });

  it('has every descriptor file registered', () => {
    const text = readFileSync(join(root, 'kinds/index.ts'), 'utf8');
    const helpers = ['categories', 'criteria', 'duration', 'fields', 'read', 'route', 'routing-rules', 'schema', 'vocabulary', 'index'];
    const described = files.filter((path) => path.startsWith('kinds/')).map((path) => path.slice('kinds/'.length, -'.ts'.length));
    expect(described.filter((name) => !helpers.includes(name) && !text.includes(`./${name}.ts`))).toEqual([]);
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  it('names no kind outside kinds/', () => {
    // A portal is a word of the house long before it is a kind.
    const names = kinds.filter(({ manages, name }) => manages.length > 0 && name !== 'portal').map(({ name }) => name);
    const outside = files.filter(
      (path) =>
        /^(plan|apply|live|report|desired|base)\//.test(path) &&
        names.some((name) => new RegExp(`['"]${name}['"]`).test(readFileSync(join(root, path), 'utf8'))),
    );
    expect(outside).toEqual([]);
  });
});
