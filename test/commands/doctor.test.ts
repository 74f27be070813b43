import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../src/commands/doctor.ts';
import { lookAtGit } from '../../src/commands/git-folder.ts';
import { runInit } from '../../src/commands/init.ts';
import { parseFault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Environment } from '../../src/settings.ts';
import { inFolder, serviceOptions, stage } from './stage.ts';

interface Found {
  readonly exitCode: number;
  readonly printed: string;
  readonly checks: readonly { readonly name: string; readonly state: string; readonly message: string; readonly hint?: string }[];
}

const ignored = () => Promise.resolve({ repository: 'there', stateFolder: 'ignored' } as const);

const doctor = async (folder: string, environment: Environment = {}, portal?: string): Promise<Found> => {
  const { terminal, printed } = stage(environment);
  const exitCode = await runDoctor({ ...serviceOptions(folder, portal), node: '20.19.0', git: ignored }, terminal);
  return { exitCode, printed: printed(), checks: JSON.parse(printed()).checks };
};

const stateOf = ({ checks }: Found, name: string): string | undefined => checks.find((check) => check.name === name)?.state;
const checkOf = ({ checks }: Found, name: string) => checks.find((check) => check.name === name);

const webhooks = `webhooks:
  - { url: https://hooks.kiosk.test/a, type: data, apps: [Acme shop], events: [conversation.missed] }
`;

/** A project whose portal is a running sandbox, reached like a real one. */
const withService = (work: (folder: string, sandbox: Sandbox) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const sandbox = await startSandbox({ screenname: 'kiosk' });
    try {
      await writeFile(
        join(folder, 'salesiq.yaml'),
        `version: 1\nportals: { front-desk: { screenname: kiosk, server: "${sandbox.url}", accounts_server: "${sandbox.url}" } }\n`,
      );
      await writeFile(join(folder, 'webhooks.yaml'), webhooks);
      await work(folder, sandbox);
    } finally {
      await sandbox.close();
    }
  });

const faultOf = (text: string) => {
  const parsed = parseFault(text);
  if ('error' in parsed) throw new Error(parsed.error);
  return parsed.value;
};

describe('doctor', () => {
  it('finds no problem in a new project on the built-in sandbox', async () => {
    await inFolder(async (folder) => {
      await runInit({ folder }, stage().terminal);
      const found = await doctor(folder);
      expect(found.exitCode).toBe(0);
      expect(found.checks.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(['clock']);
      for (const kind of ['visitor_routing_rules', 'chat_routing_rules', 'trigger_rules', 'lead_scoring_rules', 'webhooks', 'apps', 'departments', 'operators'])
        expect(stateOf(found, kind), kind).toBe('ok');
    });
  });

  it('fetches a token with the refresh token, sends GET and the token call only, and tells names of variables without values', async () => {
    await withService(async (folder, sandbox) => {
      const { clientId, clientSecret, refreshToken } = sandbox.credentials;
      const found = await doctor(folder, { SALESIQ_CLIENT_ID: clientId, SALESIQ_CLIENT_SECRET: clientSecret, SALESIQ_FRONT_DESK_REFRESH_TOKEN: refreshToken });
      expect(found.exitCode).toBe(0);
      expect(checkOf(found, 'credentials')?.message).toBe('from SALESIQ_CLIENT_ID, SALESIQ_CLIENT_SECRET, SALESIQ_FRONT_DESK_REFRESH_TOKEN');
      expect(checkOf(found, 'token')?.message).toContain('fetched just now');
      for (const secret of [clientSecret, refreshToken, sandbox.accessToken]) expect(found.printed).not.toContain(secret);
      expect(sandbox.requests().map(({ method, path }) => (path.startsWith('/oauth/') ? 'token' : method))).toContain('token');
      expect(sandbox.requests().every(({ method, path }) => method === 'GET' || path === '/oauth/v2/token')).toBe(true);
    });
  });

  it('asks for the lists that the files need, once each, and for no others', async () => {
    await withService(async (folder, sandbox) => {
      await doctor(folder, { SALESIQ_ACCESS_TOKEN: sandbox.accessToken });
      expect(
        sandbox
          .requests()
          .map(({ path }) => path)
          .sort(),
      ).toEqual(['/api/v2/kiosk/apps', '/api/v2/kiosk/webhooks', '/api/v2/kiosk/webhooks']);
    });
  });

  it('names the scope that is missing', async () => {
    await withService(async (folder, sandbox) => {
      sandbox.setFaults([faultOf('error=1009:GET /apps')]);
      const found = await doctor(folder, { SALESIQ_ACCESS_TOKEN: sandbox.accessToken });
      expect(found.exitCode).toBe(1);
      expect(stateOf(found, 'webhooks')).toBe('ok');
      expect(checkOf(found, 'apps')?.hint).toContain('SalesIQ.apps.READ');
    });
  });

  it('names the scopes for writing, and does not claim to have tried them', async () => {
    await withService(async (folder, sandbox) => {
      const found = await doctor(folder, { SALESIQ_ACCESS_TOKEN: sandbox.accessToken });
      expect(checkOf(found, 'writing')).toMatchObject({ state: 'skipped' });
      expect(checkOf(found, 'writing')?.message).toContain('SalesIQ.webhooks.CREATE, SalesIQ.webhooks.UPDATE, SalesIQ.webhooks.DELETE');
    });
  });

  it('names the credentials that are missing, and goes on with what needs none', async () => {
    await withService(async (folder, sandbox) => {
      const found = await doctor(folder, { SALESIQ_CLIENT_ID: 'x' });
      expect(found.exitCode).toBe(1);
      expect(checkOf(found, 'credentials')?.message).toContain('SALESIQ_CLIENT_SECRET, SALESIQ_REFRESH_TOKEN');
      expect(stateOf(found, 'service')).toBe('skipped');
      expect(stateOf(found, 'git')).toBe('ok');
      expect(sandbox.requests()).toEqual([]);
    });
  });

  it('refuses addresses that would send secrets in the open', async () => {
    await withService(async (folder) => {
      const found = await doctor(folder, { SALESIQ_ACCESS_TOKEN: 'x', SALESIQ_SERVER: 'http://salesiq.kiosk.test' });
      expect(found.exitCode).toBe(1);
      expect(checkOf(found, 'addresses')?.message).toContain('https');
    });
  });

  it('says once that something else answers, not for every list', async () => {
    await withService(async (folder, sandbox) => {
      sandbox.setFaults([faultOf('html:GET')]);
      const found = await doctor(folder, { SALESIQ_ACCESS_TOKEN: sandbox.accessToken });
      expect(found.exitCode).toBe(1);
      expect(found.checks.filter(({ state }) => state === 'problem')).toHaveLength(1);
      expect(stateOf(found, 'other lists')).toBe('skipped');
    });
  });

  it('tells of bad files, of a missing project and of an unclear portal, and still prints one document', async () => {
    await withService(async (folder, sandbox) => {
      const token = { SALESIQ_ACCESS_TOKEN: sandbox.accessToken };
      expect(checkOf(await doctor(folder, token, 'back-desk'), 'portal')).toMatchObject({ state: 'problem', hint: 'It has "front-desk".' });
      await writeFile(join(folder, 'webhooks.yaml'), 'webhoks: []\n');
      expect(checkOf(await doctor(folder, token), 'files')).toMatchObject({ state: 'problem' });
    });
    await inFolder(async (folder) => {
      const found = await doctor(folder);
      expect(found.exitCode).toBe(1);
      expect(checkOf(found, 'files')?.hint).toContain('salesiq-sync init');
    });
  });

  it('prints one line a check, and what to do below it', async () => {
    await inFolder(async (folder) => {
      const { terminal, printed } = stage();
      expect(await runDoctor({ ...serviceOptions(folder), format: 'text', node: '18.4.0', git: ignored }, terminal)).toBe(1);
      expect(printed()).toContain('  ✗ problem   node     18.4.0 is older than 20.19\n                       Install a newer Node.\n');
      expect(printed()).toMatch(/\n2 problems\.\n$/);
    });
  });
});

describe('what git makes of a folder', () => {
  it('finds the repository above, and a line that covers .salesiq/', async () => {
    await inFolder(async (folder) => {
      const project = join(folder, 'portals', 'kiosk');
      await mkdir(project, { recursive: true });
      await mkdir(join(folder, '.git'));
      expect(await lookAtGit(project)).toEqual({ repository: 'there', stateFolder: 'exposed' });
      await writeFile(join(folder, '.gitignore'), 'dist/\n/portals/kiosk/.salesiq/\n');
      expect(await lookAtGit(project)).toEqual({ repository: 'there', stateFolder: 'ignored' });
      await writeFile(join(folder, '.gitignore'), '');
      await writeFile(join(project, '.gitignore'), '.salesiq/\n');
      expect(await lookAtGit(project)).toEqual({ repository: 'there', stateFolder: 'ignored' });
    });
  });
});
