/** What no call changes is not planned as an update: a rename that would need it is an error that says what to do. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openClock, planAgainst, recipeFrom } from '../support/harness.ts';

const seed = {
  apps: [{ name: 'Harbour shop' }],
  departments: [{ name: 'General' }],
  operators: [
    { email: 'owner@harbour.test', owner: true },
    { email: 'anna@harbour.test', departments: ['General'] },
  ],
  tags: [{ name: 'Refund', color: '#ff9807', module: 'conversations' }],
  blocked_ips: [{ ip: '10.4.0.1', app: 'Harbour shop' }],
  chat_monitors: [{ visitor_ip: '10.4.0.2' }],
};

const planned = async (text: string): Promise<Plan> => {
  const sandbox = await startSandbox({ seed });
  const project = { path: 'salesiq.yaml', text: 'version: 1\nportals: { production: { sandbox: unused.json } }\n' };
  try {
    return await planAgainst(sandbox, recipeFrom({ project, files: [{ path: 'all.yaml', text }] }), openClock());
  } finally {
    await sandbox.close();
  }
};

describe('a field that no call changes', () => {
  it.each([
    ['tags', '{ module: visitors, name: Refund, color: "#ff9807", previously: [conversations Refund] }', 'module'],
    ['blocked_ips', '{ ip: 10.4.0.9, app: Harbour shop, previously: [10.4.0.1] }', 'ip'],
    ['chat_monitors', '{ type: visitor_ip, visitor_ip: 10.4.0.9, previously: [visitor_ip 10.4.0.2] }', 'visitor_ip'],
    ['operators', '{ email: anne@harbour.test, previously: [anna@harbour.test] }', 'email'],
  ])('stops a rename of %s at its line', async (kind, entry, field) => {
    const { diagnostics } = await planned(`${kind}:\n  - ${entry}\n`);
    expect(diagnostics.map(({ code, severity, origin, message }) => [code, severity, origin?.line, message])).toEqual([
      ['fixed-field', 'error', 2, expect.stringMatching(new RegExp(`^${kind}/.* cannot come from ${kind}/.*: no call changes its ${field}$`))],
    ]);
  });

  it('leaves a rename alone where a call changes the name', async () => {
    const { diagnostics, changes } = await planned('tags:\n  - { module: conversations, name: Money back, previously: [conversations Refund] }\n');
    expect(diagnostics).toEqual([]);
    expect(changes.map(({ action, address }) => [action, address])).toEqual([['update', 'tags/conversations Money back']]);
  });
});
