/** Planted values are searched for in every byte that comes out of the commands, or stays behind on the disk. */

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { veilFor } from '../../src/veil.ts';
import { applyHere, type Heard, planHere, rollbackHere, runIn, runsHere, showHere } from '../chaos/support/inside.ts';
import { type Project, withProject } from '../chaos/support/project.ts';

const app = 'Harbour shop';

/** Values of every sort, each in another place of the files. */
const secrets = {
  HOOK_SECRET: 'hk%2Fw"\\x`9_*q|T0pS3cret',
  HOOK_TAIL: 'z9q',
  CRITERIA_SECRET: 'kr1"te\\ria#val ue%41',
  PARAM_SECRET: 'p4ram<b>@everyone_*[x](y)',
  SHORT_SECRET: 'q7Z',
  LIST_SECRET: 'l1st-0f-s3crets',
};

const files = {
  'all.yaml': `webhooks:
  - { url: "https://hooks.harbour.test/\${env:HOOK_SECRET}", type: data, apps: [${app}], events: [conversation.created] }
  - { url: "https://hooks.harbour.test/tail-\${env:HOOK_TAIL}", type: data, apps: [${app}], events: [conversation.created] }
trigger_rules:
  - title: Bell
    app: ${app}
    when: [{ field: referer, comparator: contains, values: ["\${env:CRITERIA_SECRET}", plain] }]
    event: { type: lands_on_website }
    action: { type: send_chat_invite, params: { sender_name: "\${env:SHORT_SECRET}", value: "Hello \${env:PARAM_SECRET}!" }, delay: 30 }
visitor_routing_rules:
  - title: North
    app: ${app}
    when: [{ any: [{ field: country, comparator: is_equal_to, values: ["\${env:LIST_SECRET}"] }, { field: referer, comparator: contains, values: ["\${env:SHORT_SECRET}"] }] }]
    route: { type: route_to_selected_users, departments: [Pier] }
`,
};

const seed = { screenname: 'harbour', apps: [{ name: app }], departments: [{ name: 'Pier' }], operators: [{ email: 'ida@harbour.test' }] };

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** The forms in which a value could stand in a text. */
const forms = (value: string): readonly string[] => {
  const json = JSON.stringify(value).slice(1, -1);
  return [
    ...new Set([
      value,
      json,
      JSON.stringify(json).slice(1, -1),
      encodeURIComponent(value),
      encodeURI(value),
      value.replaceAll(/([\\`*_|[\]<>])/g, '\\$1'),
      value.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ]),
  ];
};

const leaksIn = (text: string, planted: readonly string[]): readonly string[] =>
  planted.flatMap((value) =>
    forms(value)
      .filter((form) => text.includes(form))
      .map((form) => `${form} in …${text.slice(Math.max(0, text.indexOf(form) - 60), text.indexOf(form) + 20)}`),
  );

const withSecrets = async (work: (project: Project, look: (heard: Heard) => Heard, planted: readonly string[]) => Promise<void>): Promise<void> =>
  withProject({ seed, files }, async (project) => {
    const planted = [...Object.values(secrets), project.sandbox.accessToken];
    let seen = '';
    await work(
      project,
      (heard) => {
        seen += `${heard.printed}\n${heard.said}\n`;
        return heard;
      },
      planted,
    );
    expect(seen.length).toBeGreaterThan(0);
    expect(leaksIn(seen, planted)).toEqual([]);
    for (const path of (await filesBelow(project.folder)).filter((name) => !name.endsWith('.yaml')))
      expect(leaksIn(`${path}\n${await readFile(path, 'utf8')}`, planted), path).toEqual([]);
  });

const debug = { ...secrets, SALESIQ_DEBUG: '1' };

describe('secrets', () => {
  it('stand in no output, journal, snapshot or plan file, while the portal gets them', async () => {
    await withSecrets(async (project, look) => {
      for (const format of ['text', 'json', 'markdown'] as const) look(await planHere(project, { env: debug, format }));
      const out = join(project.folder, 'kept.plan');
      look(await planHere(project, { env: debug, out }));
      const applied = look(await applyHere(project, { env: debug, planFile: out }));
      expect(applied, applied.said).toMatchObject({ code: 0 });
      // The addresses of the webhooks say what the files say.
      expect(applied.printed).toContain('webhooks/data https://hooks.harbour.test/${env:HOOK_SECRET}');
      const { webhooks, trigger_rules } = project.sandbox.state();
      expect(webhooks.map(({ url }) => url).sort()).toEqual(
        [`https://hooks.harbour.test/${secrets.HOOK_SECRET}`, `https://hooks.harbour.test/tail-${secrets.HOOK_TAIL}`].sort(),
      );
      expect(JSON.stringify(trigger_rules)).toContain(JSON.stringify(`Hello ${secrets.PARAM_SECRET}!`));

      // Another hand, then a run whose snapshot holds the live values; and all of it back again.
      project.sandbox.change((state) => {
        for (const hook of state.webhooks) hook.secured = !hook.secured;
        for (const rule of state.trigger_rules) rule.enabled = false;
      });
      for (const format of ['text', 'json', 'markdown'] as const) look(await planHere(project, { env: debug, format }));
      await project.write('all.yaml', files['all.yaml'].replaceAll('events: [conversation.created]', 'events: [conversation.created, conversation.missed]'));
      const changed = look(await applyHere(project, { env: debug, format: 'json' }));
      expect(changed).toMatchObject({ code: 0 });
      const run = runIn(changed);
      for (const format of ['text', 'json'] as const) {
        look(await showHere(project, run, format));
        look(await runsHere(project, format));
      }
      look(await rollbackHere(project, run, { env: debug, consent: 'ask' }));
      const back = look(await rollbackHere(project, run, { env: debug, allowUpdates: 3 }));
      expect(back, back.said).toMatchObject({ code: 0 });
      expect(project.sandbox.state().webhooks.map(({ url }) => url)).toContain(`https://hooks.harbour.test/${secrets.HOOK_SECRET}`);
    });
  });

  it('stand in no error, where the service is down, answers with a page, refuses the token or echoes what was sent', async () => {
    await withSecrets(async (project, look) => {
      for (const format of ['text', 'json'] as const) {
        look(await planHere(project, { env: { ...debug, SALESIQ_SERVER: 'http://127.0.0.1:9' }, format, terminal: { signal: AbortSignal.timeout(300) } }));
        project.sandbox.setFaults([{ match: { method: 'GET', path: '/webhooks' }, effect: { kind: 'error', code: 1008 } }]);
        expect(look(await planHere(project, { env: debug, format }))).toMatchObject({ code: 1 });
        project.sandbox.setFaults([{ match: { method: 'WRITE' }, effect: { kind: 'html' } }]);
        expect(look(await applyHere(project, { env: debug, format, settleSeconds: 0.3 }))).toMatchObject({ code: 4 });
        project.sandbox.setFaults([
          { match: { method: 'WRITE' }, effect: { kind: 'redirect', location: `http://127.0.0.1:9/${encodeURIComponent(secrets.HOOK_SECRET)}` } },
        ]);
        expect(look(await applyHere(project, { env: debug, format, settleSeconds: 0.3 }))).toMatchObject({ code: 4 });
      }
    });
  });

  it('stand in no outcome and no journal, where the service echoes what it refuses', async () => {
    await withSecrets(async (project, look) => {
      // Reads go on to the portal; a write is refused with a message that repeats what was sent, long enough to be shortened.
      const echo = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          void (async () => {
            const sent = Buffer.concat(chunks).toString();
            response.setHeader('content-type', 'application/json');
            if (request.method !== 'GET') {
              response.end(
                JSON.stringify({
                  error: {
                    code: 1007,
                    message: `${'so it is '.repeat(40)}not allowed: ${sent} ${Object.values(secrets)
                      .map((value) => `'${value}'`)
                      .join(' ')}`,
                    json_key: secrets.SHORT_SECRET,
                  },
                }),
              );
              return;
            }
            const answer = await fetch(`${project.sandbox.url}${request.url ?? ''}`, { headers: { authorization: request.headers.authorization ?? '' } });
            response.end(await answer.text());
          })();
        });
      });
      await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
      try {
        const address = echo.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        for (const format of ['text', 'json'] as const) {
          const heard = look(await applyHere(project, { env: { ...debug, SALESIQ_SERVER: `http://127.0.0.1:${port}` }, format, keepGoing: 'after-failures' }));
          expect(heard).toMatchObject({ code: 1 });
          expect(heard.printed).toContain('1007');
          look(await showHere(project, runIn(heard), format));
        }
      } finally {
        echo.closeAllConnections();
        echo.close();
      }
    });
  });

  it('stand in no finding about the files, and in no plan once the files ask for them no longer', async () => {
    await withSecrets(async (project, look) => {
      expect(look(await applyHere(project, { env: debug }))).toMatchObject({ code: 0 });
      // One webhook of that address stays in the files: the other is a stranger under a secret address, and is to go.
      project.sandbox.change((state) => {
        const [hook] = state.webhooks;
        if (hook !== undefined) state.webhooks.push({ ...hook, id: '44000000000077001', type: 'administration', events: ['operator.created'], app_ids: [] });
      });
      await project.write('salesiq.yaml', `${await readFile(join(project.folder, 'salesiq.yaml'), 'utf8')}kinds: { webhooks: { unmanaged: delete } }\n`);
      for (const format of ['text', 'json', 'markdown'] as const) look(await planHere(project, { env: debug, format, showUnmanaged: 'names' }));
      look(await planHere(project, { env: debug, out: join(project.folder, 'gone.plan') }));
      await project.write('broken.yaml', 'webhooks:\n  - { url: "${env:HOOK_SECRET}", type: nonsense, evnts: ["${env:CRITERIA_SECRET}"] }\n');
      for (const format of ['text', 'json'] as const) expect(look(await planHere(project, { env: debug, format }))).toMatchObject({ code: 1 });
    });
  });
});

describe('the veil', () => {
  it('finds a value in JSON, in addresses and in forms, and leaves other words alone', () => {
    const veil = veilFor(['a"b\\c d&e']);
    for (const text of [
      'a"b\\c d&e',
      JSON.stringify('a"b\\c d&e'),
      JSON.stringify(JSON.stringify('a"b\\c d&e')),
      encodeURIComponent('a"b\\c d&e'),
      encodeURI('a"b\\c d&e'),
      new URLSearchParams({ x: 'a"b\\c d&e' }).toString(),
    ]) {
      expect(veil.hide(`before ${text} after`)).toMatch(/^before .*\*\*\*.* after$/);
      expect(veil.hide(text)).not.toMatch(/d.*e$/);
    }
    expect(veil.hide('abcde')).toBe('abcde');
  });

  it('takes very short values out of what the service says, where no letter touches them', () => {
    const veil = veilFor(['q7']);
    expect(veil.hideEcho("the value 'q7' is not allowed; aq7b is")).toBe("the value '***' is not allowed; aq7b is");
    expect(veil.hide('q7')).toBe('q7');
  });
});
