/** Every call of the table against the sandbox. docs/coverage.md is made from the table and from the gaps that are listed here. */
import { expect, it } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import gaps from './gaps.json' with { type: 'json' };
import { outcomes } from './support/every-call.ts';

it('every call is served by the sandbox, save for the known gaps, and none of its answers is misunderstood', async () => {
  const sandbox = await startSandbox();
  try {
    const found = await outcomes(sandbox);
    const named = (outcome: string): readonly string[] => [...found].filter(([, one]) => one === outcome).map(([name]) => name);
    expect(named('not understood')).toEqual([]);
    // A gap that has closed is to be taken off the list, and docs/coverage.md made anew.
    expect(named('unserved')).toEqual(gaps.unserved);
    // Reads that name nothing must be answered, not refused.
    const plainReads = endpoints.filter(({ name, method, path }) => method === 'GET' && !/\{(?!screenname)/.test(path) && !gaps.unserved.includes(name));
    expect(plainReads.filter(({ name }) => found.get(name) !== 'answered').map(({ name }) => name)).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
