/** The Dockerfile of docs/deploy, as far as it can be judged without Docker. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/deploy/Dockerfile'), 'utf8');
const ignored = readFileSync(join(root, 'docs/deploy/Dockerfile.dockerignore'), 'utf8').split('\n');
/** Instructions in one line each. */
const lines = text
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const all = (name: string): readonly string[] => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

describe('the Dockerfile', () => {
  it('has no fault that a linter finds', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
    expect(validate('FROM node\nCOPY a\n').length).toBeGreaterThan(0);
  });

  it('copies what is there, and what the build may see', () => {
    const paths = all('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths) {
      expect([path, statSync(join(root, path), { throwIfNoEntry: false }) === undefined]).toEqual([path, false]);
      expect(ignored).toContain(`!${path}`);
    }
    expect(
      ignored
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual([...new Set(paths)].sort());
  });

  it('builds on a base with a full tag, the same in both stages, of a Node that the program takes', () => {
    const [, major] = /^NODE_IMAGE=node:(\d+)\.\d+-bookworm-slim$/.exec(all('ARG')[0] ?? '') ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(20);
    expect(all('FROM')).toEqual(['${NODE_IMAGE} AS build', '${NODE_IMAGE}']);
    expect(text).toContain('@sha256:');
  });

  it('ends as nobody, with the program as its word', () => {
    expect(all('USER')).toEqual(['10001:10001']);
    expect(all('ENTRYPOINT')).toEqual(['["tini", "--", "salesiq-sync"]']);
    expect(all('CMD')).toEqual(['["watch", "--listen", "0.0.0.0:9464"]']);
    expect(all('HEALTHCHECK')[0]).toContain("http://127.0.0.1:9464/healthz'");
    expect(lines.findIndex((line) => line.startsWith('USER'))).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('RUN')));
  });

  it('holds no secret and brings no history into the build', () => {
    expect(`${all('ENV').join(' ')} ${all('ARG').join(' ')}`).not.toMatch(/SECRET|PASSWORD|REFRESH|CLIENT/);
    expect(ignored).toContain('*');
    expect(all('COPY')).not.toContain('. .');
  });
});
