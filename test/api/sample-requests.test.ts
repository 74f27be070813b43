/** Every documented sample request, at a sandbox that holds what it names: all are accepted, save for those listed with a reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseJson } from '../../src/api/index.ts';
import { isList, isObject, type Json } from '../../src/model/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { heir, samplePortal } from './support/sample-portal.ts';

interface Sample {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: Json | undefined;
}

const folder = join(import.meta.dirname, 'samples');

const samples: readonly Sample[] = readdirSync(folder).flatMap((file) => {
  const list = parseJson(readFileSync(join(folder, file), 'utf8'));
  return (isList(list) ? list : []).flatMap((value) => {
    if (!isObject(value)) return [];
    const { name, method, path, body } = value;
    return typeof method === 'string' && typeof path === 'string' ? [{ name: `${file.replace('.json', '')}/${String(name)}`, method, path, body }] : [];
  });
});

/** What stands in the address of the sample request, behind the question mark. */
const queries: Readonly<Record<string, string>> = {
  'article-categories/delete': 'configure_to=53400000000328056',
  'calls/conversation-calls':
    'include_fields=department,brand,conversation,attachments&status=missed&from_time=1742552131206&to_time=1742552171662&limit=10&index=0&sort_by=initiated_time&order=ascending',
  'calls/list': 'limit=10&index=0&include_fields=brand,department,conversation&status=missed',
  'canned-response-categories/delete': 'configure_to=53400000000328056',
  'canned-response-categories/list': 'sort_by=name&order=ascending',
  'chat-monitors/count': 'resource=chatmonitors',
  'departments/delete': `configure_to=${heir}`,
  'feedback/conversation_list': 'index=1&limit=40&sort_order=asc',
  'operators/remove-departments': 'ids=123456789,12345678,23456756',
  'tags/list': 'module=conversations',
  'tags/remove_from_record': 'id=7000000004001',
  'visitors/conversation-visitor-info': 'include=trackinginfo,moreinfo',
  'visitors/v1-view-visitors': 'startkey=3598-101',
  'webhooks/delete_failed_executions': 'ids=b8eeec69-ac43-4792-84ee-1df527e5c6ec,eca1f9c8-5acf-463b-96a8-20629cb8fcff',
  'webhooks/execution_summary': 'mode=meta',
  'webhooks/failed_executions_list': 'pageno=1&limit=10&events=conversation.created,conversation.ended',
  'webhooks/list': 'type=data',
  'webhooks/remove_events': 'ids=conversation.created,conversation.visitor.replied',
  'webhooks/summary': 'mode=meta',
};

/** Samples that a page has placeholders in: what is sent in their place. */
const bodies: Readonly<Record<string, Json>> = {
  'conversations/visitor-create-v2': {
    visitor: { user_id: 'larry' },
    app_id: '44000000000047',
    department_id: '19000000000017',
    question: 'Where is my order?',
  },
  'conversations/visitor-leave-message-v2': {
    visitor: { user_id: 'larry', email: 'larry@zylker.com' },
    app_id: '44000000000047',
    department_id: '19000000000017',
    message: 'Call me',
  },
  'rules/visitor-routing-commonrule-update': { route_to_all: 'disabled' },
};

/** No page shows the body of these: there is nothing to send. */
const bodyless: readonly string[] = [
  'apps/update',
  'departments/create',
  'departments/update',
  'rules/chat-routing-update',
  'rules/lead-scoring-create',
  'rules/lead-scoring-update',
  'rules/trigger-update',
  'rules/visitor-routing-add',
  'rules/visitor-routing-update',
  'tracking-presets/create',
  'tracking-presets/update',
  'visitor-history-views/create',
  'visitor-history-views/update',
  'webhooks/create',
];

/** Refused for a reason that is documented itself. */
const refused: Readonly<Record<string, number>> = {
  // The portal has a category of this name from the start.
  'canned-response-categories/create': 1014,
  'canned-response-categories/update': 1014,
  // The address has one part twice, a slip of the page (platform-and-people.md 4.2).
  'departments/remove-operators': 1006,
};

it('every sample request is accepted by a sandbox that holds what it names', async () => {
  const wrong: string[] = [];
  for (const { name, method, path, body } of samples) {
    if (bodyless.includes(name)) continue;
    const pending = path.split('/callbacks/')[1]?.split('/');
    const kind = pending?.[1] === 'widgetresponse' ? 'widget' : 'bot';
    // A webhook has two keys at most, and keeps one.
    const keys = name === 'webhooks/delete_public_key' ? ['45678998765', '45678998766'] : ['45678998765'];
    const seed = { ...samplePortal(keys), ...(pending === undefined ? {} : { pending_requests: [{ id: pending[0], kind, opened_time: '1790000000000' }] }) };
    const sandbox = await startSandbox({ seed, now: () => 1_790_000_000_000 });
    try {
      const sent = bodies[name] ?? body;
      const response = await fetch(
        `${sandbox.url}${path.replace('{screenname}', sandbox.screenname)}${queries[name] === undefined ? '' : `?${queries[name]}`}`,
        {
          method,
          headers: { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }) },
          ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
        },
      );
      const answer = await response.text();
      const code = /^{"error":.*"code":(\d+)/.exec(answer)?.[1];
      if (response.status >= 300 || String(refused[name] ?? '') !== (code ?? ''))
        wrong.push(`${name} ${method} ${path} ${response.status} ${answer.slice(0, 160)}`);
    } finally {
      await sandbox.close();
    }
  }
  expect(wrong).toEqual([]);
  const named = [...bodyless, ...Object.keys(queries), ...Object.keys(bodies), ...Object.keys(refused)];
  expect(named.filter((name) => !samples.some((sample) => sample.name === name))).toEqual([]);
  expect(samples.length - bodyless.length).toBeGreaterThan(140);
});
