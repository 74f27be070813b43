/** The scopes that a kind asks for are those of the calls that it makes, as the table of calls has them: what doctor and README name is neither too little nor too much. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endpoints, findEndpoints, scopesOf } from '../../src/api/endpoints.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Kind } from '../../src/model/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { anyContent, fileText } from '../support/any-content.ts';
import { applyAgainst, openClock, recipeFrom } from '../support/harness.ts';

const described = kinds.filter(({ schema }) => schema !== undefined);
const heirs = new Set(['departments', 'canned_response_categories', 'article_categories']);

const project = `version: 1
portals: { production: { sandbox: unused.json } }
kinds:
${described
  .filter(({ manages }) => manages.includes('delete'))
  .map(({ name }) => `  ${name}: { unmanaged: delete, create: true, delete: true${heirs.has(name) ? ', move_to: General' : ''} }`)
  .join('\n')}
`;

/** Kinds by the first part of their paths: several may share one. */
const stemOf = (path: string): string => path.split('/')[1] ?? '';
const ofStem = (stem: string): readonly Kind[] => kinds.filter(({ lists }) => lists.some(({ path }) => stemOf(path) === stem));

it('a kind asks for the scopes of the calls that it makes', { timeout: 60_000 }, async () => {
  const clock = openClock();
  const sandbox = await startSandbox({
    seed: { departments: [{ name: 'General' }], apps: [{ name: 'Harbour shop' }], operators: [{ email: 'owner@harbour.test', owner: true }] },
    now: clock.now,
    random: 7,
  });
  try {
    for (const content of fc.sample(anyContent, { seed: 5, numRuns: 2 })) {
      await applyAgainst(
        sandbox,
        recipeFrom({ project: { path: 'salesiq.yaml', text: project }, files: [{ path: 'all.yaml', text: fileText(content) }] }),
        clock,
      );
    }
    for (const { method, path } of sandbox.requests()) {
      const own = path.replace(`/api/v2/${sandbox.screenname}`, '');
      const [found] = findEndpoints(method, path.replace(sandbox.screenname, '{screenname}'));
      const stem = path.startsWith('/api/v2/portals') ? 'portals' : stemOf(own);
      const asked = ofStem(stem).flatMap(({ scopes }) => (method === 'GET' ? scopes.read : scopes.write));
      const scopes = found === undefined ? [] : scopesOf(found.endpoint);
      expect(
        scopes.some((scope) => asked.includes(scope)),
        `${method} ${path}: ${scopes.join(' or ')}, and its kind asks for ${asked.join(', ')}`,
      ).toBe(true);
    }
  } finally {
    await sandbox.close();
  }
});

it('a kind asks for no scope that no call on its resources has', () => {
  const needless = kinds.flatMap(({ lists, scopes }) =>
    [...scopes.read, ...scopes.write].filter(
      (scope) => !endpoints.some((endpoint) => scopesOf(endpoint).includes(scope) && lists.some(({ path }) => stemOf(path) === stemOf(endpoint.path))),
    ),
  );
  expect(needless).toEqual([]);
});
