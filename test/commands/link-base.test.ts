import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLinkBase, gitHubBase, linkBaseOf } from '../../src/commands/link-base.ts';
import { inFolder } from './stage.ts';

const gitHub = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.harbour.test/',
  GITHUB_REPOSITORY: 'harbour/portal',
  GITHUB_SHA: 'a1b2c3',
};
const gitLab = { GITLAB_CI: 'true', CI_PROJECT_URL: 'https://gitlab.harbour.test/group/sub/portal', CI_COMMIT_SHA: 'd4e5f6' };

describe('the base of links', () => {
  it('is known in runs of GitHub and GitLab, down to the folder of the project', async () => {
    await inFolder(async (top) => {
      const dir = join(top, 'north quay', '50%');
      await mkdir(dir, { recursive: true });
      execFileSync('git', ['init', '--quiet', top]);
      expect(await linkBaseOf({ dir, html: 'p' }, gitHub)).toBe('https://git.harbour.test/harbour/portal/blob/a1b2c3/north%20quay/50%25');
      expect(await linkBaseOf({ dir: top, html: 'p' }, gitHub)).toBe('https://git.harbour.test/harbour/portal/blob/a1b2c3');
      expect(await linkBaseOf({ dir, html: 'p' }, gitLab)).toBe('https://gitlab.harbour.test/group/sub/portal/-/blob/d4e5f6/north%20quay/50%25');
      expect(await linkBaseOf({ dir, html: 'p', linkBase: 'https://code.harbour.test/x' }, gitHub)).toBe('https://code.harbour.test/x');
    });
  });

  it('is not guessed: without git, without a commit, or outside of such runs there are no links', async () => {
    await inFolder(async (dir) => {
      expect(await linkBaseOf({ dir }, gitHub)).toBeUndefined();
      execFileSync('git', ['init', '--quiet', dir]);
      expect(await linkBaseOf({ dir }, { ...gitHub, GITHUB_SHA: '' })).toBeUndefined();
      expect(await linkBaseOf({ dir }, { ...gitLab, CI_PROJECT_URL: 'javascript:alert(1)' })).toBeUndefined();
      expect(await linkBaseOf({ dir }, {})).toBeUndefined();
    });
  });

  it('keeps what a repository or a server is called from reaching out of its place', () => {
    expect(gitHubBase({ GITHUB_REPOSITORY: 'a"b/c#d' }, 'x?y', 'z')).toBe('https://github.com/a%22b/c%23d/blob/x%3Fy/z');
    expect(gitHubBase({ ...gitHub, GITHUB_SERVER_URL: 'file:///etc' }, 'a1', '')).toBeUndefined();
    expect(gitHubBase({ ...gitHub, GITHUB_SERVER_URL: 'https://anna:secret@git.harbour.test' }, 'a1', '')).toBeUndefined();
    expect(gitHubBase(gitHub, 'a1', '\ud800')).toBeUndefined();
  });

  it.each(['javascript:alert(1)', 'git.harbour.test/x', 'https://anna:secret@git.harbour.test/x', 'https://git.harbour.test/x#y', ''])(
    'is refused where it is no address of the web without a login: %j',
    (linkBase) => {
      expect(() => checkLinkBase({ dir: '.', html: 'plan.html', linkBase })).toThrow('--link-base should be');
    },
  );

  it('is refused where there is no page to have links', () => {
    expect(() => checkLinkBase({ dir: '.', linkBase: 'https://git.harbour.test' })).toThrow('none is asked for');
    expect(() => checkLinkBase({ dir: '.', html: 'plan.html', linkBase: 'http://git.harbour.test/x' })).not.toThrow();
  });
});
