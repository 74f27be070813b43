/** The order in which a request is judged, and what errors look like. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, criteria, start } from './client.ts';

describe('the checks of a request', () => {
  it('stand in the documented order: each error hides all later ones', async () => {
    const { raw, sandbox } = await start({ seed: acme });
    const token = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}` };
    const json = { ...token, 'Content-Type': 'application/json' };
    const steps: readonly (readonly [number, string, RequestInit])[] = [
      [1002, '/api/v2/wrong/nothing', { method: 'PUT', body: '{' }],
      [1002, '/api/v2/wrong/nothing', { method: 'PUT', body: '{', headers: { Authorization: `Bearer ${sandbox.accessToken}` } }],
      [1008, '/api/v2/wrong/nothing', { method: 'PUT', body: '{', headers: { Authorization: 'Zoho-oauthtoken 1000.aa.bb' } }],
      [1006, '/api/v2/wrong/nothing', { method: 'PUT', body: '{', headers: token }],
      [1006, '/api/v1/acme/apps', { headers: token }],
      [1006, '/api/v2/acme//apps', { headers: token }],
      [1005, '/api/v2/wrong/triggerrules', { method: 'PUT', body: '{', headers: token }],
      [1004, '/api/v2/acme/triggerrules', { method: 'PUT', body: '{', headers: token }],
      [1054, '/api/v2/acme/triggerrules', { method: 'POST', body: '{', headers: token }],
      [1054, '/api/v2/acme/triggerrules', { method: 'POST', body: 'title=x', headers: { ...token, 'Content-Type': 'application/x-www-form-urlencoded' } }],
      [1054, '/api/v2/acme/triggerrules', { method: 'POST', body: '{', headers: { ...token, 'Content-Type': 'text/json' } }],
      [1015, '/api/v2/acme/triggerrules', { method: 'POST', body: '{', headers: json }],
      [1015, '/api/v2/acme/triggerrules', { method: 'POST', body: '[]', headers: json }],
      [1015, '/api/v2/acme/triggerrules', { method: 'POST', headers: token }],
      [1019, '/api/v2/acme/triggerrules/1', { method: 'PUT', body: '{}', headers: json }],
      [1019, '/api/v2/acme/triggerrules/1', { headers: token }],
    ];
    for (const [code, path, init] of steps) {
      const seen = await raw(path, init);
      expect([code, path, codeOf(seen), seen.status]).toEqual([code, path, code, 200]);
    }
  });

  it('accept a charset beside the content type', async () => {
    const { raw, sandbox } = await start({ seed: acme });
    const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, 'Content-Type': 'application/json; charset=utf-8' };
    expect((await raw('/api/v2/acme/chatroutingrules', { method: 'POST', headers, body: JSON.stringify({ and_criteria: criteria() }) })).json).toMatchObject({
      object: 'chat_routing_rules',
    });
  });

  it('name the header, parameter or key that is to blame', async () => {
    const { get, post, raw, sandbox } = await start({ seed: acme });
    expect((await get('/operators?index=x')).json).toEqual({
      error: { code: 1011, message: 'Either the request parameters are invalid or absent', param: 'index' },
    });
    expect((await post('/triggerrules', { app_id: sandbox.state().apps[0]?.id })).json).toEqual({
      error: { code: 1015, message: 'Either the input stream is invalid or absent', json_key: 'and_criteria' },
    });
    const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, 'Content-Type': 'text/plain' };
    expect((await raw('/api/v2/acme/apps', { method: 'POST', headers, body: 'x' })).json).toEqual({
      error: { code: 1054, message: 'Invalid header value', header: 'Content-Type' },
    });
  });

  it('lead to the exact place within a body', async () => {
    const { post } = await start({ seed: acme });
    const bad = [{ or_criteria: [criteria()[0]?.or_criteria[0], { field_name: 'country', comparator: 'is_equal_to', values: ['Peru', 5] }] }];
    expect((await post('/visitorroutingrules', { and_criteria: bad })).json).toMatchObject({
      error: { code: 1007, json_key: 'and_criteria[0].or_criteria[1].values[1]' },
    });
    expect((await post('/visitorroutingrules', { and_criteria: [{ OR_criteria: [] }] })).json).toMatchObject({
      error: { code: 1015, json_key: 'and_criteria[0].or_criteria' },
    });
    expect((await post('/visitorroutingrules', { and_criteria: criteria(), userset: [{ operator_ids: ['1'] }] })).json).toMatchObject({
      error: { code: 1024, json_key: 'userset[0].operator_ids[0]' },
    });
    expect((await post('/visitorroutingrules', { and_criteria: criteria(), userset: [{ department_ids: ['1'] }] })).json).toMatchObject({
      error: { code: 1025, json_key: 'userset[0].department_ids[0]' },
    });
    expect((await post('/visitorroutingrules', { and_criteria: criteria(), app_id: '1' })).json).toMatchObject({ error: { code: 1019, json_key: 'app_id' } });
    expect((await post('/visitorroutingrules', { and_criteria: criteria(), title: 7 })).json).toMatchObject({ error: { code: 1007, json_key: 'title' } });
  });

  it('change nothing when one fails', async () => {
    const { put, sandbox } = await start({ seed: acme });
    const before = sandbox.state();
    await put(`/visitorroutingrules/${before.visitor_routing_rules[0]?.id}`, {
      enabled: false,
      and_criteria: criteria('Peru'),
      userset: [{ operator_ids: ['1'] }],
    });
    expect(sandbox.state()).toEqual(before);
  });

  it('take ids as texts and as bare numbers beyond 2^53', async () => {
    const { post, sandbox } = await start({ seed: acme });
    const app = sandbox.state().apps[1]?.id ?? '';
    const seen = await post('/visitorroutingrules', `{"title":"bare","app_id":${app},"and_criteria":${JSON.stringify(criteria())}}`);
    expect(seen.json).toMatchObject({ data: { app: { id: app, name: 'Acme outlet' } } });
  });

  it('have statuses of their own under statuses=real', async () => {
    const { raw, get, post, sandbox } = await start({ seed: acme, switches: { statuses: 'real' } });
    expect((await raw('/api/v2/acme/apps')).status).toBe(401);
    expect((await get('/nothing')).status).toBe(404);
    expect((await get('/triggerrules/1')).status).toBe(404);
    expect((await post('/criteriafields/leadscore', {})).status).toBe(405);
    expect((await post('/apps', {})).status).toBe(400);
    sandbox.setFaults([{ effect: { kind: 'error', code: 1023 } }]);
    const locked = await get('/apps');
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '1']);
  });
});

describe('scopes', () => {
  it('are those that were granted, in any case, with .ALL and with or without prefix', async () => {
    const { raw, sandbox } = await start({ seed: acme });
    const tokenFor = async (scope: string): Promise<string> => {
      const query = new URLSearchParams({ client_id: sandbox.credentials.clientId, response_type: 'code', redirect_uri: 'http://127.0.0.1:1/back', scope });
      const consent = await raw(`/oauth/v2/auth?${query}`);
      const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: sandbox.credentials.clientId,
        client_secret: sandbox.credentials.clientSecret,
        code,
      });
      const { json } = await raw('/oauth/v2/token', { method: 'POST', body: form });
      return typeof json === 'object' && json !== null && 'access_token' in json ? String(json.access_token) : '';
    };
    const ask = async (token: string, path: string, method = 'GET'): Promise<unknown> =>
      codeOf(await raw(`/api/v2/acme${path}`, { method, headers: { Authorization: `Zoho-oauthtoken ${token}` } }));
    const narrow = await tokenFor('SalesIQ.Apps.READ,triggerrules.ALL');
    expect(await ask(narrow, '/apps')).toBeUndefined();
    expect(await ask(narrow, '/triggerrules')).toBeUndefined();
    expect(await ask(narrow, '/departments')).toBe(1009);
    expect(await ask(narrow, '/apps/1', 'DELETE')).toBe(1009);
    expect(await ask(narrow, '/triggerrules/1', 'DELETE')).toBe(1019);
  });
});
