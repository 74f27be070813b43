import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findApproval } from '../../src/github/approval.ts';
import { putCheck } from '../../src/github/check.ts';
import { type GitHub, openGitHub } from '../../src/github/client.ts';
import { putComment } from '../../src/github/comment.ts';
import { readRun } from '../../src/github/event.ts';
import { settleIssue } from '../../src/github/issue.ts';
import { markerText, readMarker } from '../../src/github/marker.ts';
import { type Double, openDouble } from './double.ts';

const repository = { owner: 'harbour', name: 'portal' };
const about = { about: 'plan', portal: 'production' } as const;

const withDouble = async (work: (github: GitHub, double: Double, waits: readonly string[]) => Promise<void>): Promise<void> => {
  const double = await openDouble();
  const waits: string[] = [];
  try {
    await work(openGitHub({ apiUrl: double.url, token: double.token, repository, agent: 'test', onWait: (reason) => waits.push(reason) }), double, waits);
  } finally {
    await double.close();
  }
};

describe('the client of GitHub', () => {
  it('sends its token over no open line', () => {
    const open = (apiUrl: string): GitHub => openGitHub({ apiUrl, token: 't', repository, agent: 'test', onWait: () => undefined });
    for (const url of ['http://api.github.test', 'http://127.0.0.1.evil.test', 'ftp://127.0.0.1', 'github']) expect(() => open(url)).toThrow('GITHUB_API_URL');
    for (const url of ['https://api.github.test', 'http://127.0.0.1:9', 'http://[::1]:9', 'http://localhost']) expect(() => open(url)).not.toThrow();
  });

  it('repeats a read after an error of the server', async () => {
    await withDouble(async (github, double) => {
      double.faults.push({ method: 'GET', path: /comments$/, status: 502, done: 'before' });
      expect(await putComment(github, 7, about, `${markerText(about)}\n\nHello`)).toContain('/comments/');
      expect(double.asked.filter(({ method, path }) => method === 'GET' && path.endsWith('/comments')).length).toBe(2);
    });
  });

  it('writes a comment again where the first one did not land, and never a second one', async () => {
    for (const done of ['before', 'after'] as const) {
      await withDouble(async (github, double) => {
        double.faults.push({ method: 'POST', path: /comments$/, status: 500, done });
        await putComment(github, 7, about, `${markerText(about)}\n\nHello`);
        expect(double.comments.get(7)?.length).toBe(1);
      });
    }
  });

  it('says what it may not do, and what to compare', async () => {
    await withDouble(async (github, double) => {
      double.refuse = /./;
      await expect(putComment(github, 7, about, markerText(about))).rejects.toMatchObject({
        message: expect.stringContaining('GitHub did not take the comment'),
        hint: expect.stringContaining('permission'),
      });
    });
  });

  it('knows its own comments also where it can ask for its account in one way alone', async () => {
    await withDouble(async (github, double) => {
      double.user = 'harbour-bot';
      double.comment(7, 'harbour-bot', `${markerText(about)}\n\nHello`);
      double.faults.push({ method: 'POST', path: /^\/graphql$/, status: 404, done: 'before' });
      await putComment(github, 7, about, `${markerText(about)}\n\nGood morning`);
      expect(double.comments.get(7)).toMatchObject([{ body: expect.stringContaining('Good morning') }]);
    });
  });

  it('takes no approval from a comment that somebody else edited, until it was written anew', async () => {
    await withDouble(async (github, double) => {
      const sha = 'c'.repeat(40);
      const head = 'a'.repeat(40);
      const marker = markerText({ ...about, head, fingerprint: 'f1' });
      double.pulls.set(sha, [{ number: 7, head: { sha: head }, merged_at: '2026-11-24T12:00:00Z', merge_commit_sha: sha }]);
      double.comment(7, 'github-actions[bot]', `${marker}\n\nHello`);
      expect(await findApproval(github, sha, 'production')).toMatchObject({ state: 'approved', fingerprint: 'f1' });
      const [comment] = double.comments.get(7) ?? [];
      if (comment !== undefined) comment.editor = { __typename: 'User', login: 'mallory' };
      expect(await findApproval(github, sha, 'production')).toMatchObject({ state: 'none', reason: expect.stringContaining('was edited by mallory') });
      await putComment(github, 7, about, `${marker}\n\nThe plan`);
      expect(await findApproval(github, sha, 'production')).toMatchObject({ state: 'approved' });
    });
  });

  it('sends annotations in parts, and all of them', async () => {
    await withDouble(async (github, double) => {
      const annotations = Array.from({ length: 120 }, (_, n) => ({
        path: 'quay.yaml',
        start_line: n + 1,
        end_line: n + 1,
        annotation_level: 'notice' as const,
        title: 'T',
        message: 'm',
      }));
      await putCheck(github, { name: 'plan', sha: 'a'.repeat(40), conclusion: 'success', title: 'T', summary: 's', detailsUrl: 'https://x.test', annotations });
      expect(double.checks.map((check) => check.annotations.length)).toEqual([120]);
    });
  });

  it('closes no issue of somebody else, and none of another portal', async () => {
    await withDouble(async (github, double) => {
      const issue = (login: string, portal: string, number: number) => ({
        number,
        title: 'x',
        body: markerText({ about: 'drift', portal }),
        state: 'open',
        labels: ['salesiq-sync'],
        html_url: 'https://x.test',
        user: { login },
        comments: [],
      });
      double.issues.push(issue('mallory', 'production', 1), issue('github-actions[bot]', 'staging', 2), issue('github-actions[bot]', 'production', 3));
      await settleIssue(github, { about: 'drift', portal: 'production' }, 'Settled.');
      expect(double.issues.map(({ state }) => state)).toEqual(['open', 'open', 'closed']);
    });
  });
});

describe('the hidden line', () => {
  it('is read back as it was written, and nothing in it can end it', () => {
    fc.assert(
      fc.property(
        fc.record({ portal: fc.string({ unit: 'grapheme' }), fingerprint: fc.string({ unit: 'grapheme' }), head: fc.constantFrom('-->', 'a b', '=%', '--') }),
        (values) => {
          const marker = { about: 'plan', ...values } as const;
          const text = markerText(marker);
          expect(text.indexOf('>')).toBe(text.length - 1);
          expect(readMarker(`${text}\n\nBody`)).toEqual(marker);
        },
      ),
    );
  });

  it('counts at the very beginning alone', () => {
    expect(readMarker(`Look: ${markerText(about)}`)).toBeUndefined();
    expect(readMarker('<!-- salesiq-sync about=plan portal=%E0%A4%A -->')).toBeUndefined();
  });
});

describe('the event of a run', () => {
  const environment = { GITHUB_REPOSITORY: 'Harbour/Portal', GITHUB_EVENT_NAME: 'pull_request', GITHUB_SHA: 'f'.repeat(40) };
  const pull = (head: object, login = 'anna') => readRun(environment, { pull_request: { number: 7, head: { sha: 'abc', ...head }, user: { login } } }).pull;

  it('takes for a fork whatever is not known to be from here, and what gets no secrets', () => {
    expect(pull({ repo: { full_name: 'harbour/portal' } })).toEqual({ number: 7, headSha: 'abc', from: 'here' });
    expect(pull({ repo: { full_name: 'mallory/portal' } })?.from).toBe('fork');
    expect(pull({ repo: null })?.from).toBe('fork');
    expect(pull({ repo: { full_name: 'harbour/portal' } }, 'dependabot[bot]')?.from).toBe('fork');
  });

  it('knows what a pull request was merged as, and takes a commit of a trial for no merge', () => {
    const closed = (state: object) =>
      readRun(environment, { pull_request: { number: 7, head: { sha: 'abc' }, merge_commit_sha: 'def', ...state } }).pull?.mergedAs;
    expect(closed({ merged: true })).toBe('def');
    expect(closed({ merged: false })).toBeUndefined();
    expect(closed({})).toBeUndefined();
  });

  it('says what is missing', () => {
    expect(() => readRun({}, null)).toThrow('GITHUB_REPOSITORY is not set');
    expect(() => readRun({ ...environment, GITHUB_REPOSITORY: 'portal' }, null)).toThrow('OWNER/NAME');
    expect(readRun({ ...environment, GITHUB_EVENT_NAME: 'push' }, { ref: 'x' }).pull).toBeUndefined();
  });
});
