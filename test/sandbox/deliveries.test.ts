/** Webhooks arrive at a real receiver: signed, in their envelope, tried again, and kept when they failed. */
import { createPublicKey, createVerify } from 'node:crypto';
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { type SandboxOptions, type Switches, startSandbox } from '../../src/sandbox/index.ts';
import { acme, type Client, codeOf, columnAt, dig, listAt, start } from './client.ts';
import { openReceiver, type Received } from './receiver.ts';

const quick: Partial<Switches> = { 'retry-pause': 1 };
const hook = ({ sandbox }: Client): string => `/webhooks/${sandbox.state().webhooks[0]?.id}`;

const listening = (url: string, webhook: object = {}, options: SandboxOptions = {}): Promise<Client> =>
  start({
    seed: { ...acme, webhooks: [{ url, type: 'data', events: ['conversation.completed', 'conversation.rated'], apps: ['Acme shop'], ...webhook }] },
    ...options,
    switches: { ...quick, ...options.switches },
  });

const bodyOf = (received: Received | undefined): unknown => parse(received?.raw ?? 'null');

const verifies = (received: Received | undefined, key: unknown): boolean => {
  const publicKey = createPublicKey({ key: Buffer.from(String(key), 'base64'), format: 'der', type: 'spki' });
  return createVerify('RSA-SHA256')
    .update(received?.raw ?? '')
    .verify(publicKey, received?.signature ?? '', 'base64');
};

describe('an event', () => {
  it('is posted as JSON in the documented envelope, unsigned where the webhook is not secured', async () => {
    const receiver = await openReceiver();
    const { sandbox } = await listening(receiver.url);
    const { webhooks, done } = sandbox.emit('conversation.rated', { part: 'feedback', entity: { feedback: 'Grüße – 日本' } });
    await done;
    expect(webhooks).toHaveLength(1);
    const [post] = receiver.posts();
    expect(post).toMatchObject({ type: 'application/json', signature: undefined });
    const body = bodyOf(post);
    expect(Object.keys(Object(body))).toEqual(['entity_type', 'org_id', 'event', 'entity_id', 'attempt', 'version', 'app_id', 'entity', 'event_time']);
    expect(post?.raw).toContain(`"attempt":1,"version":"1","app_id":${sandbox.state().apps[0]?.id},`);
    expect(body).toMatchObject({ entity_type: 'conversation', event: 'conversation.rated', event_time: expect.stringMatching(/^\d{13}$/) });
    expect(dig(body, 'entity')).toMatchObject({ feedback: 'Grüße – 日本', status: 'Ended', owner: { type: 'operator', email_id: 'anna@acme.test' } });
    expect(dig(body, 'entity', 'id')).toBe(dig(body, 'entity_id'));
  });

  it('has a version as a number and ids as texts under webhook-envelope=observed, and no envelope when bare', async () => {
    const receiver = await openReceiver();
    const { sandbox } = await listening(receiver.url, {}, { switches: { 'webhook-envelope': 'observed' } });
    await sandbox.emit('conversation.completed').done;
    sandbox.setSwitches({ 'webhook-envelope': 'bare' });
    await sandbox.emit('conversation.completed').done;
    const [observed, bare] = receiver.posts();
    expect(observed?.raw).toContain('"version":1,');
    expect(bodyOf(observed)).toMatchObject({ webhook: { id: sandbox.state().webhooks[0]?.id }, app_id: sandbox.state().apps[0]?.id });
    expect(dig(bodyOf(bare), 'chat_status', 'label')).toBe('Missed');
    expect(dig(bodyOf(bare), 'event')).toBeUndefined();
  });

  it('reaches those alone that ask for it: by event, type, app and status', async () => {
    const receiver = await openReceiver();
    const webhook = { url: receiver.url, type: 'data', events: ['conversation.created'] };
    const { sandbox } = await start({
      seed: {
        ...acme,
        webhooks: [
          { ...webhook, apps: ['Acme shop'] },
          { ...webhook, apps: ['Acme outlet'] },
          { ...webhook },
          { ...webhook, apps: ['Acme shop'], status: 'disabled' },
          { ...webhook, apps: ['Acme shop'], events: ['conversation.missed'] },
          { ...webhook, type: 'administration', events: ['conversation.created', 'operator.created'] },
        ],
      },
      switches: quick,
    });
    const ids = sandbox.state().webhooks.map(({ id }) => id);
    const hearers = (event: string, app?: string): readonly number[] =>
      sandbox.emit(event, app === undefined ? {} : { app }).webhooks.map((id) => ids.indexOf(id));
    expect(hearers('conversation.created', 'Acme shop')).toEqual([0, 2]);
    expect(hearers('conversation.created', 'Acme outlet')).toEqual([1, 2]);
    expect(hearers('operator.created')).toEqual([5]);
    sandbox.setSwitches({ 'webhook-without-apps': 'no-app' });
    expect(hearers('conversation.created', 'Acme shop')).toEqual([0]);
    expect(() => sandbox.emit('conversation.ended')).toThrow('there is no event "conversation.ended"');
    expect(() => sandbox.emit('conversation.created', { app: 'Acme' })).toThrow('there is no app "Acme"; there are Acme shop, Acme outlet');
  });

  it('about people has neither app nor time, and its flags are texts for departments', async () => {
    const receiver = await openReceiver();
    const { sandbox } = await listening(receiver.url, { type: 'administration', apps: [], events: ['department.created', 'operator.created'] });
    await sandbox.emit('department.created', { department: 'Support' }).done;
    await sandbox.emit('operator.created', { operator: 'ben@acme.test' }).done;
    const [department, operator] = receiver.posts().map(bodyOf);
    expect(Object.keys(Object(department))).toEqual(['entity_type', 'org_id', 'event', 'entity_id', 'attempt', 'version', 'entity']);
    expect(dig(department, 'entity')).toMatchObject({ name: 'Support', is_enabled: 'true', email_configurations: { is_cc_mail_enabled: 'true' } });
    expect(dig(operator, 'entity')).toMatchObject({ email_id: 'ben@acme.test', enabled: true, owner: false, access_levels: ['chat', 'tracking'] });
  });

  it('of any documented name has a content with an id', async () => {
    const receiver = await openReceiver();
    const { sandbox, raw } = await start({ seed: { ...acme, webhooks: [] }, switches: quick });
    const events = columnAt((await raw('/sandbox/events')).json, 'event', 'events').map(String);
    const [data, administration] = ['data', 'administration'].map((type) => ({ url: receiver.url, type, events }));
    const all = await start({ seed: { ...acme, webhooks: [data, administration] }, switches: quick });
    expect(events.length).toBeGreaterThan(30);
    for (const event of events) await all.sandbox.emit(event).done;
    expect(receiver.posts().map((post) => dig(bodyOf(post), 'event'))).toEqual(events);
    for (const post of receiver.posts()) expect(dig(bodyOf(post), 'entity_id')).toMatch(/^\d+$/);
    expect(sandbox.deliveries()).toEqual([]);
  });
});

describe('a signature', () => {
  it('comes with secured webhooks, by the oldest of two keys, over the bytes of the body', async () => {
    const receiver = await openReceiver();
    const client = await listening(receiver.url, { secured: true });
    const { sandbox, post, del } = client;
    await sandbox.emit('conversation.completed').done;
    const [oldest] = sandbox.state().webhooks[0]?.public_keys ?? [];
    const younger = dig((await post(`${hook(client)}/keys`)).json, 'data', 'public_keys', 1, 'key');
    await sandbox.emit('conversation.completed').done;
    await del(`${hook(client)}/keys/${oldest?.id}`);
    await sandbox.emit('conversation.completed', { text: 'ü' }).done;
    const [first, second, third] = receiver.posts();
    expect([verifies(first, oldest?.key), verifies(second, oldest?.key), verifies(third, oldest?.key)]).toEqual([true, true, false]);
    expect([verifies(first, younger), verifies(third, younger)]).toEqual([false, true]);
    expect(sandbox.deliveries().at(-1)?.signedWith).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('is of 2048 bits, its key shown in PEM under key-form=pem, and comes to all under webhook-signing=always', async () => {
    const receiver = await openReceiver();
    const client = await listening(receiver.url, {}, { switches: { 'key-form': 'pem', 'key-text': 'always', 'webhook-signing': 'always' } });
    const pem = dig((await client.get(hook(client))).json, 'data', 'public_keys', 0, 'key');
    const key = createPublicKey(String(pem));
    expect([key.asymmetricKeyType, key.asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 2048]);
    await client.sandbox.emit('conversation.completed').done;
    expect(verifies(receiver.posts()[0], key.export({ format: 'der', type: 'spki' }).toString('base64'))).toBe(true);
  });
});

describe('a delivery that fails', () => {
  it('is tried four times in all, then kept with the shape of the page, and delivered by a retry', async () => {
    const receiver = await openReceiver((n) => (n < 4 ? 400 : 200));
    const client = await listening(receiver.url);
    const { sandbox, get, post } = client;
    await sandbox.emit('conversation.completed').done;
    expect(receiver.posts().map((one) => String(dig(bodyOf(one), 'attempt')))).toEqual(['1', '2', '3', '4']);
    const path = `${hook(client)}/executions`;
    const rows = listAt((await get(path)).json, 'data');
    expect(rows).toEqual([
      {
        event: 'conversation.completed',
        remote_server_status: 400,
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        number_of_retries: 3,
        entity_id: expect.stringMatching(/^\d+$/),
        entity: 'conversation',
        entity_label: { id: dig(rows[0], 'entity_id') },
        app_id: sandbox.state().apps[0]?.id,
        webhook_id: sandbox.state().webhooks[0]?.id,
        payload: expect.objectContaining({ version: 1, event_time: expect.any(String), id: dig(rows[0], 'entity_id') }),
        last_execution_time: expect.stringMatching(/^\d{13}$/),
      },
    ]);
    expect((await get(hook(client))).json).toMatchObject({ data: { failures_count: '1' } });
    expect((await post(`${path}/${String(dig(rows[0], 'id'))}`)).json).toMatchObject({ data: { skipped: [] } });
    await expect.poll(() => sandbox.state().webhooks[0]?.executions).toEqual([]);
    expect(bodyOf(receiver.posts()[4])).toMatchObject({ event: 'conversation.completed', entity: dig(bodyOf(receiver.posts()[0]), 'entity') });
  });

  it('is over at the first answer below 300, and a redirect is none', async () => {
    const receiver = await openReceiver((n) => [302, 500, 204][n]);
    const { sandbox } = await listening(receiver.url);
    await sandbox.emit('conversation.completed').done;
    expect(sandbox.deliveries().map(({ status, attempt }) => [status, attempt])).toEqual([
      [302, 1],
      [500, 2],
      [204, 3],
    ]);
    expect(sandbox.state().webhooks[0]?.executions).toEqual([]);
  });

  it('has no status without an answer in time', async () => {
    const receiver = await openReceiver(() => undefined);
    const { sandbox } = await listening(receiver.url, {}, { switches: { 'delivery-timeout': 60 } });
    await sandbox.emit('conversation.completed').done;
    expect(sandbox.state().webhooks[0]?.executions).toMatchObject([{ remote_server_status: 0, number_of_retries: 3 }]);
  });

  it('is forgotten when its time has run out', async () => {
    const receiver = await openReceiver(() => 500);
    let now = 1_700_000_000_000;
    const client = await listening(receiver.url, { expiry_time_for_executions_data: '604800000' }, { now: () => now });
    await client.sandbox.emit('conversation.completed').done;
    const count = async (): Promise<unknown> => dig((await client.get(`${hook(client)}/executions?mode=meta`)).json, 'data', 'all');
    now += 604_799_999;
    expect(await count()).toBe('1');
    now += 1;
    expect(await count()).toBe('0');
  });

  it('does not keep the sandbox from ending', async () => {
    const receiver = await openReceiver(() => 500);
    const sandbox = await startSandbox({ seed: { ...acme, webhooks: [{ url: receiver.url, events: ['conversation.completed'] }] } });
    const { done } = sandbox.emit('conversation.completed');
    await expect.poll(() => receiver.posts().length).toBe(1);
    await sandbox.close();
    await done;
    expect(sandbox.state().webhooks[0]?.executions).toEqual([]);
  });
});

describe('receivers elsewhere', () => {
  const elsewhere = 'https://hooks.acme.test/in';

  it('are never called, and count as answering', async () => {
    const { sandbox, post } = await listening(elsewhere);
    await sandbox.emit('conversation.completed').done;
    expect(sandbox.deliveries()).toMatchObject([{ url: elsewhere, status: 200, attempt: 1 }]);
    expect(codeOf(await post('/webhooks', { type: 'data', url: elsewhere, events: ['conversation.rated'] }))).toBeUndefined();
  });

  it('are this machine too under webhook-reach=nowhere', async () => {
    const receiver = await openReceiver(() => 500);
    const { sandbox, post } = await listening(receiver.url, {}, { switches: { 'webhook-reach': 'nowhere' } });
    await sandbox.emit('conversation.completed').done;
    await post('/webhooks', { type: 'data', url: receiver.url, events: ['conversation.rated'] });
    expect([receiver.posts().length, receiver.heads(), sandbox.deliveries()[0]?.status]).toEqual([0, 0, 200]);
  });
});

describe('the control calls', () => {
  const json = { 'Content-Type': 'application/json' };
  const emit = ({ raw }: Client, body: unknown, headers: Record<string, string> = json) =>
    raw('/sandbox/events', { method: 'POST', headers, body: JSON.stringify(body) });

  it('emit an event, and wait for its deliveries if asked to', async () => {
    const receiver = await openReceiver((n) => (n === 0 ? 500 : 200));
    const client = await listening(receiver.url);
    const { json: answer } = await emit(client, { event: 'conversation.completed', app: 'Acme shop', entity: { question: 'Why?' }, wait: true });
    expect(answer).toMatchObject({ event: 'conversation.completed', deliveries: [{ status: 500 }, { status: 200, attempt: 2 }] });
    expect(dig(bodyOf(receiver.posts()[0]), 'entity', 'question')).toBe('Why?');
    expect(listAt((await client.raw('/sandbox/deliveries')).json, 'deliveries')).toHaveLength(2);
    expect(client.sandbox.requests()).toHaveLength(2);
  });

  it('refuse what they do not know, and what a page of a browser could send', async () => {
    const client = await start({ seed: acme });
    const refused = async (body: unknown, headers?: Record<string, string>): Promise<readonly unknown[]> => {
      const seen = await emit(client, body, headers);
      return [seen.status, dig(seen.json, 'error')];
    };
    expect(await refused({ event: 'nothing' })).toEqual([400, expect.stringContaining('there is no event "nothing"')]);
    expect(await refused({ event: 'conversation.rated', part: 'stars' })).toEqual([400, 'part must be rating or feedback']);
    expect(await refused({ event: 'conversation.rated', brand: 'x' })).toEqual([400, expect.stringContaining('brand is not known here')]);
    expect(await refused({ event: 'conversation.rated', conversation: '7' })).toEqual([400, 'there is no conversation 7']);
    expect(await refused([1])).toEqual([400, 'the body must be a JSON object']);
    expect(await refused({ event: 'conversation.rated' }, { 'Content-Type': 'text/plain' })).toEqual([400, 'the body must come as application/json']);
    expect((await client.raw('/sandbox/other')).status).toBe(404);
  });
});
