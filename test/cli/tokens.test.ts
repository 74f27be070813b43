/** One token for everybody: commands that run at once, and the budget of the accounts server. */
import { expect, it } from 'vitest';
import { planHere } from '../chaos/support/inside.ts';
import { fast, type Project, withProject } from '../chaos/support/project.ts';

const seed = { screenname: 'harbour', apps: [{ name: 'Harbour shop' }] };
const files = { 'decay.yaml': 'lead_score_decay: { frequency: yearly }\n' };

/** Credentials that ask for tokens, and a cache that commands share. */
const refreshing = ({ sandbox: { credentials } }: Project): Readonly<Record<string, string>> => ({
  SALESIQ_ACCESS_TOKEN: '',
  SALESIQ_TOKEN_CACHE: '',
  SALESIQ_CLIENT_ID: credentials.clientId,
  SALESIQ_CLIENT_SECRET: credentials.clientSecret,
  SALESIQ_REFRESH_TOKEN: credentials.refreshToken,
});

it('makes one refresh for twenty commands at once that share a cache', { timeout: 150_000 }, async () => {
  await withProject({ seed, files }, async (project) => {
    const env = refreshing(project);
    const ended = await Promise.all(Array.from({ length: 20 }, () => project.run(['plan', ...fast], env)));
    expect(ended.filter(({ code }) => code !== 0).map(({ code, stderr }) => ({ code, stderr }))).toEqual([]);
    const asked = project.sandbox.requests().filter(({ path }) => path.startsWith('/oauth/'));
    expect(asked.length).toBe(1);
    for (const { stdout, stderr } of ended) expect(stdout + stderr).not.toContain(project.sandbox.credentials.refreshToken);
  });
});

it('asks for no more than ten tokens in ten minutes, however many commands are refused', async () => {
  // A service that accepts no token makes every command ask for a fresh one.
  await withProject(
    { seed, files, sandbox: { faults: [{ match: { path: '/leadscoreconfigs' }, effect: { kind: 'error', code: 1008 } }] } },
    async (project) => {
      const env = refreshing(project);
      const heard = [];
      for (let round = 0; round < 14; round += 1) heard.push(await planHere(project, { env }));
      expect(heard.map(({ code }) => code)).toEqual(heard.map(() => 1));
      expect(project.sandbox.requests().filter(({ path }) => path.startsWith('/oauth/')).length).toBe(10);
      expect(heard.at(-1)?.said).toContain('no more tokens may be asked for now: 10 in 10 minutes');
      expect(heard.at(-1)?.said).toMatch(/Try again in \d+ min/);
    },
  );
});
