import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/index.ts';
import { rules, seed } from '../cli/support.ts';
import { type CiEnded, merged, pullEvent, pushEvent, withFlow } from './support.ts';

const files = { 'routing.yaml': rules };
const head = 'a'.repeat(40);
const bodies = (comments: readonly { readonly body: string }[] | undefined): readonly string[] => (comments ?? []).map(({ body }) => body);

describe('ci plan on a pull request', () => {
  it('writes one comment and edits it in place, past the comments of others', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      for (const text of ['Nice.', '<!-- salesiq-sync about=plan portal=production fingerprint=0 head=0 -->', 'Ship it.'])
        flow.github.comment(7, 'mallory', text);
      const first = await flow.ci(['plan'], pullEvent(7, head));
      expect([first.code, first.stderr]).toEqual([0, 'Nothing was applied from this repository yet.\n']);
      expect(first.outputs).toMatchObject({ state: 'changes', exit_code: '0', create: '1', update: '1', move: '1', delete: '0' });
      const [comment, ...others] = (flow.github.comments.get(7) ?? []).filter(({ user }) => user.login !== 'mallory');
      expect(others).toEqual([]);
      expect(comment?.body).toContain(`fingerprint=${first.outputs['fingerprint']} head=${head}`);
      expect(comment?.body).toContain('Spring sale');
      expect(first.outputs['comment_url']).toBe(comment?.html_url);
      expect(first.summary).toContain('Spring sale');
      expect(flow.github.checks).toMatchObject([{ name: 'salesiq plan (production)', head_sha: head, conclusion: 'success' }]);
      expect(flow.github.checks[0]?.annotations).toMatchObject([{ path: 'routing.yaml', start_line: 2, annotation_level: 'notice', title: 'Moves' }]);
      for (const name of ['plan.md', 'plan.html', 'plan.json', 'plan.sarif', 'code-quality.json'])
        expect((await readFile(join(first.outputs['report'] ?? '', name), 'utf8')).length).toBeGreaterThan(2);

      await flow.project.write('routing.yaml', rules.replace('Spring sale', 'Autumn sale'));
      const next = 'b'.repeat(40);
      await flow.ci(['plan'], pullEvent(7, next));
      const after = bodies(flow.github.comments.get(7));
      expect(after.length).toBe(4);
      expect(after.filter((body) => body.includes('Autumn sale') && body.includes(`head=${next}`)).length).toBe(1);
      expect(after.join()).not.toContain('Spring sale');
    });
  });

  it('fits a plan that is too long, and tells the rest in the summary', async () => {
    const many = Array.from(
      { length: 900 },
      (_, n) =>
        `  - title: Quay ${n}\n    app: Harbour shop\n    when: [{ field: country, comparator: is_equal_to, values: [Iceland] }]\n    route: { type: route_to_selected_users, operators: [ben@harbour.test] }\n`,
    );
    await withFlow({ seed, files: { 'routing.yaml': `visitor_routing_rules:\n${many.join('')}` } }, async (flow) => {
      flow.commit();
      const { code, outputs, summary } = await flow.ci(['plan'], pullEvent(7, head));
      expect([code, outputs['create']]).toEqual([0, '900']);
      expect(outputs['detail']).not.toBe('full');
      const [body = ''] = bodies(flow.github.comments.get(7));
      expect(body.length).toBeLessThan(65_536);
      expect(body).toContain('too long for a comment');
      expect(summary).toContain('Quay 899');
    });
  });

  it('says in the comment what failed, at its line, and approves nothing', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      const before = await flow.ci(['plan'], pullEvent(7, head));
      const pageOf = (ended: CiEnded): Promise<string> => readFile(join(ended.outputs['report'] ?? '', 'plan.html'), 'utf8');
      expect(await pageOf(before)).toContain(`https://github.test/harbour/portal/blob/${head}/routing.yaml#L`);
      await flow.project.write('routing.yaml', rules.replace('enabled:', 'enabld:'));
      const ended = await flow.ci(['plan'], pullEvent(7, head));
      const { code, outputs, stderr, summary } = ended;
      expect([code, outputs['state']]).toEqual([1, 'failed']);
      expect(await pageOf(ended)).toMatch(/No plan for <bdi>production[\s\S]*enabld/);
      const [body = '', ...others] = bodies(flow.github.comments.get(7));
      expect(others).toEqual([]);
      expect(body).toMatch(/### No plan for production[\s\S]*enabld[\s\S]*\^/);
      expect(body).not.toContain('fingerprint');
      expect(summary).toContain('enabld');
      expect(stderr).toContain('enabld');
      expect(flow.github.checks.at(-1)).toMatchObject({
        conclusion: 'failure',
        annotations: [{ path: 'routing.yaml', start_line: 3, annotation_level: 'failure' }],
      });
    });
  });

  it('says so too when the portal cannot be asked', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      const { code } = await flow.ci(['plan'], pullEvent(7, head), { SALESIQ_ACCESS_TOKEN: 'wrong-token-of-nobody' });
      expect(code).toBe(1);
      const [body = ''] = bodies(flow.github.comments.get(7));
      expect(body).toContain('No plan for production');
      expect(body).not.toContain('wrong-token-of-nobody');
    });
  });

  it('validates the pull request of a fork without credentials, and sends GitHub nothing', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      const event = pullEvent(7, head, 'stranger/portal');
      const bare = { SALESIQ_ACCESS_TOKEN: '', GITHUB_TOKEN: 'ghs_of_a_fork' };
      const valid = await flow.ci(['plan'], event, bare);
      expect([valid.code, valid.outputs['state']]).toEqual([0, 'validated']);
      expect(valid.summary).toContain('the files are valid');
      await flow.project.write('routing.yaml', rules.replace('enabled:', 'enabld:'));
      const wrong = await flow.ci(['plan'], event, bare);
      expect(wrong.code).toBe(1);
      expect(wrong.stdout).toContain('::error title=');
      expect(wrong.summary).toContain('enabld');
      expect(flow.github.asked).toEqual([]);
      expect(flow.project.sandbox.requests().length).toBe(0);
    });
  });

  it('keeps its verdict where the token may not write, and says what it could not do', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      flow.github.refuse = /./;
      const { code, stdout, summary } = await flow.ci(['plan'], pullEvent(7, head));
      expect(code).toBe(0);
      expect(stdout).toContain('::warning::GitHub did not take the comment');
      expect(stdout).toContain('::notice title=Moves,file=routing.yaml,line=2');
      expect(summary).toContain('Spring sale');
    });
  });

  it('looks for its comment after an unclear answer, instead of writing a second one', async () => {
    await withFlow({ seed, files }, async (flow) => {
      flow.commit();
      flow.github.faults.push({ method: 'POST', path: /comments$/, status: 502, done: 'after' });
      expect((await flow.ci(['plan'], pullEvent(7, head))).code).toBe(0);
      expect(flow.github.comments.get(7)?.length).toBe(1);
    });
  });

  it('lets no text of a file or of the service become a command of the runner', async () => {
    const nasty = rules.replaceAll('Spring sale', '"x\\n::set-output name=a::b\\n::error::gotcha"');
    await withFlow({ seed, files: { 'routing.yaml': nasty } }, async (flow) => {
      flow.commit();
      const { stdout, stderr } = await flow.ci(['plan'], pullEvent(7, head));
      expect(`${stdout}\n${stderr}`).not.toMatch(/^\s*::(?:set-output|error::gotcha)/m);
      const [, word] = /^::stop-commands::(\S+)$/m.exec(stdout) ?? [];
      expect(stdout.trimEnd().endsWith(`::${word}::`)).toBe(true);
    });
  });

  it('says that it is no run of GitHub Actions elsewhere', async () => {
    await withFlow({ seed, files }, async (flow) => {
      const { code, stderr } = await flow.project.run(['ci', 'plan', '--portal', 'production']);
      expect(code).toBe(1);
      expect(stderr).toContain('GITHUB_REPOSITORY is not set');
    });
  });
});

describe('ci apply after a merge', () => {
  it('applies exactly what was approved, says so, and pushes the base', async () => {
    await withFlow({ seed, files }, async (flow) => {
      const sha = flow.commit();
      await flow.ci(['plan'], pullEvent(7, head));
      merged(flow, 7, head, sha);
      const { code, outputs } = await flow.ci(['apply'], pushEvent(sha));
      expect([code, outputs['state'], outputs['applied'], outputs['not_applied']]).toEqual([0, 'settled', '3', '0']);
      expect(bodies(flow.github.comments.get(7)).at(-1)).toMatch(/### Apply to production: settled[\s\S]*✓ create/);
      expect(flow.github.issues).toEqual([]);
      expect(flow.git('ls-remote', 'origin', 'refs/salesiq-sync/production')).toContain(sha);
      const again = await flow.ci(['plan'], pullEvent(8, head));
      expect(again.outputs).toMatchObject({ state: 'no-changes', changes: '0' });
      const closed = { number: 7, merged: true, merge_commit_sha: sha, head: { sha: head } };
      const idle = await flow.ci(['apply'], { name: 'pull_request', sha: 'f'.repeat(40), payload: { action: 'closed', pull_request: closed } });
      expect(idle.code).toBe(0);
      expect(bodies(flow.github.comments.get(7)).at(-1)).toContain('/runs/7004');
    });
  });

  it('refuses a portal that was changed after the review, opens an issue with the plan as it is now, and closes it when settled', async () => {
    await withFlow({ seed, files }, async (flow) => {
      const sha = flow.commit();
      await flow.ci(['plan'], pullEvent(7, head));
      merged(flow, 7, head, sha);
      const before = flow.project.writes().length;
      await changeInPortal(flow.project);
      const changed = flow.project.writes().length;
      const stale = await flow.ci(['apply'], pushEvent(sha));
      expect([stale.code, stale.outputs['state']]).toEqual([5, 'stale']);
      expect(flow.project.writes().length).toBe(changed);
      expect(changed).toBeGreaterThan(before);
      const [issue] = flow.github.issues;
      expect(issue).toMatchObject({ state: 'open', labels: ['salesiq-sync'], title: 'SalesIQ apply: production is not settled' });
      expect(issue?.body).toContain('the portal is not what the plan was made from');
      expect(bodies(flow.github.comments.get(7)).at(-1)).toContain('stale');
      const { fingerprint = '' } = stale.outputs;
      expect(issue?.body).toContain(`with the fingerprint \`${fingerprint}\``);

      const byHand = await flow.ci(['apply', '--expect', fingerprint], { name: 'workflow_dispatch', sha });
      expect(byHand.code).toBe(0);
      expect(flow.github.issues).toMatchObject([{ state: 'closed' }]);
      expect(flow.github.issues[0]?.comments.at(-1)?.body).toContain('Settled by');
    });
  });

  it('refuses what nobody approved: no plan, a forged one, one of older commits, no pull request', async () => {
    await withFlow({ seed, files }, async (flow) => {
      const sha = flow.commit();
      const { outputs } = await flow.ci(['plan'], pullEvent(9, head));
      const marker = `<!-- salesiq-sync about=plan portal=production fingerprint=${outputs['fingerprint']} head=${head} -->`;
      const why: string[] = [];
      const refused = async (): Promise<void> => {
        const ended = await flow.ci(['apply'], pushEvent(sha));
        expect([ended.code, ended.outputs['state']]).toEqual([3, 'refused']);
        why.push(/because (.*)\./.exec(ended.stderr)?.[1] ?? '');
      };
      await refused();
      flow.github.comment(7, 'mallory', marker);
      merged(flow, 7, head, sha);
      await refused();
      merged(flow, 9, 'c'.repeat(40), sha);
      await refused();
      expect(why).toEqual([
        `the commit ${sha.slice(0, 7)} did not come from a pull request that was merged`,
        'pull request 7 has no comment with a plan for production',
        'pull request 9 was merged at ccccccc, and its plan was made of aaaaaaa',
      ]);
      expect(flow.project.writes()).toEqual([]);
      expect(flow.github.issues.length).toBe(1);
      expect(flow.github.issues[0]?.body).toContain('Spring sale');
      expect((await flow.ci(['apply', '--without-approval'], pushEvent(sha))).code).toBe(0);
      expect(flow.github.issues).toMatchObject([{ state: 'closed' }]);
    });
  });

  it('tells in the issue what became of each change, and edits it at the next failure', async () => {
    const fault: Fault = { match: { method: 'WRITE' }, times: 2, effect: { kind: 'error', code: 1016 } };
    await withFlow({ seed, files, sandbox: { faults: [fault] } }, async (flow) => {
      const first = await flow.ci(['apply', '--without-approval'], pushEvent(flow.commit()));
      expect(first.code).not.toBe(0);
      await flow.ci(['apply', '--without-approval'], pushEvent(flow.commit()));
      expect(flow.github.issues.length).toBe(1);
      expect(flow.github.issues[0]?.body).toMatch(/✗ (?:update|create)/);
      expect(flow.github.issues[0]?.comments.length).toBe(1);
    });
  });
});

const changeInPortal = async ({
  run,
  write,
  folder,
}: {
  run: (args: readonly string[]) => Promise<{ code: number | null }>;
  write: (path: string, text: string) => Promise<void>;
  folder: string;
}): Promise<void> => {
  const text = await readFile(join(folder, 'routing.yaml'), 'utf8');
  await write('routing.yaml', 'visitor_routing_rules:\n  - { title: Norway, app: Harbour shop, enabled: false }\n');
  expect((await run(['apply', '--portal', 'production', '--auto-approve', '--no-base', '--rate', '100000'])).code).toBe(0);
  await write('routing.yaml', text);
};

describe('ci drift on a schedule', () => {
  it('opens one issue, keeps it while nothing changes, and closes it when the portal matches', async () => {
    await withFlow({ seed, files }, async (flow) => {
      const sha = flow.commit();
      const event = { name: 'schedule', sha };
      expect((await flow.ci(['apply', '--without-approval'], event)).code).toBe(0);
      expect((await flow.ci(['drift'], event)).outputs['state']).toBe('no-drift');
      await changeInPortal(flow.project);
      const first = await flow.ci(['drift'], event);
      expect([first.code, first.outputs['state']]).toEqual([2, 'drift']);
      await flow.ci(['drift'], event);
      expect(flow.github.issues.length).toBe(1);
      expect(flow.github.issues[0]).toMatchObject({ state: 'open', title: 'SalesIQ drift: production', comments: [] });
      expect(flow.github.issues[0]?.body).toContain('Norway');
      expect((await flow.ci(['apply', '--without-approval'], event)).code).toBe(0);
      expect(flow.github.issues).toMatchObject([{ state: 'closed' }]);

      await changeInPortal(flow.project);
      expect((await flow.ci(['drift'], event)).code).toBe(2);
      expect(flow.github.issues).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
      expect((await flow.project.run(['apply', '--auto-approve', '--portal', 'production', '--rate', '100000'])).code).toBe(0);
      expect((await flow.ci(['drift'], event)).code).toBe(0);
      expect(flow.github.issues).toMatchObject([{ state: 'closed' }, { state: 'closed' }]);
    });
  });
});
