import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import { pluralOf } from '../../src/model/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openClock, planAgainst, recipeFrom } from '../support/harness.ts';

describe('several of a kind', () => {
  it('are called what their kind is called in the files', () => {
    const lists = kinds.filter(({ shape }) => shape === 'list');
    expect(lists.map(({ title }) => pluralOf(title).toLowerCase())).toEqual(lists.map(({ name }) => name.replaceAll('_', ' ')));
  });

  it('are named so where a live name is not unique', async () => {
    const sandbox = await startSandbox({ seed: { article_categories: [{ name: 'Tickets' }, { name: 'Tickets' }] } });
    const project = { path: 'salesiq.yaml', text: 'version: 1\nportals: { production: { sandbox: unused.json } }\n' };
    const files = [{ path: 'faq.yaml', text: 'article_categories: [{ name: Tickets }]\n' }];
    try {
      const { diagnostics } = await planAgainst(sandbox, recipeFrom({ project, files }), openClock());
      expect(diagnostics.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^2 live article categories answer to "article_categories\/Tickets": ids \d+ and \d+$/),
      ]);
    } finally {
      await sandbox.close();
    }
  });
});
