import { expect, test } from 'vitest';
import { list } from './support/server.ts';
import { errorOf, openPortal } from './support/portal.ts';

test('a read goes to the address of the portal with the token in its header', async () => {
  const { server, reader } = await openPortal({ answers: [list({ id: '1' })] });
  expect(await reader.get('/webhooks', { type: 'data' })).toEqual({ data: [{ id: '1' }], object: 'list' });
  expect(server.calls).toHaveLength(1);
  expect(server.calls[0]).toMatchObject({ method: 'GET', url: '/api/v2/kreuzberg/webhooks?type=data', body: '' });
  expect(server.calls[0]?.headers).toMatchObject({ authorization: 'Zoho-oauthtoken at-1', accept: 'application/json', 'user-agent': 'salesiq-sync/7.3.1' });
  expect(server.calls[0]?.headers['content-type']).toBeUndefined();
  expect(reader.reads()).toBe(1);
});

test('a write carries its body as JSON, and a delete needs none', async () => {
  const { server, reader, writer } = await openPortal({ answers: [{ body: { object: 'webhook', data: { id: '9' } } }, { status: 204 }] });
  expect(await writer.send({ method: 'POST', path: '/webhooks', body: { url: 'https://ü.test', points: -5 } })).toEqual({ object: 'webhook', data: { id: '9' } });
  expect(await writer.send({ method: 'DELETE', path: '/webhooks/9' })).toEqual({});
  expect(server.calls[0]).toMatchObject({ method: 'POST', url: '/api/v2/kreuzberg/webhooks', body: '{"url":"https://ü.test","points":-5}' });
  expect(server.calls[0]?.headers['content-type']).toBe('application/json');
  expect(server.calls[1]).toMatchObject({ method: 'DELETE', url: '/api/v2/kreuzberg/webhooks/9', body: '' });
  expect(server.calls[1]?.headers['content-type']).toBeUndefined();
  expect(reader.reads()).toBe(0);
});

test('screenname and path are encoded, and a path that climbs is refused', async () => {
  const { server, reader } = await openPortal({ answers: [list()] }, { screenname: 'a/c' });
  await reader.get('/tags/50% off?&#', { q: 'a&b=ü' });
  expect(server.calls[0]?.url).toBe('/api/v2/a%2Fc/tags/50%25%20off%3F%26%23?q=a%26b%3D%C3%BC');
  for (const path of ['/webhooks/..', '/./webhooks', '/webhooks//1', '/', '/tags/\ud800']) expect((await errorOf(reader.get(path))).message).toContain('not one of the service');
  expect(server.calls).toHaveLength(1);
});
