/** Tracking presets, and the portal's own details and owner (webhooks-and-more.md 9, platform-and-people.md 3). */
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, type Switches, startSandbox } from '../../src/sandbox/index.ts';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

const open = async (switches: Partial<Switches> = {}) => {
  const started = await startSandbox({
    seed: {
      operators: [{ email: 'owner@harbour.test', owner: true }, { email: 'anna@harbour.test', role: 'Administrator' }, { email: 'ben@harbour.test' }],
    },
    switches,
  });
  sandbox = started;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${started.url}/api/v2/${path}`, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${started.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return JSON.parse(await answer.text());
  };
  return { call, name: started.screenname, state: started.state };
};

const ring = (count: string) => [{ or_criteria: [{ field_name: 'number_of_past_chats', comparator: 'greater_than', values: [count] }] }];
const rings = { ring_one: ring('1'), ring_two: ring('2'), ring_three: ring('3'), ring_four: ring('4') };

describe('tracking presets', () => {
  it('show their rings under rule, wherever a request had them, and one at most is applied', async () => {
    const { call, name } = await open();
    const first = await call('POST', `${name}/trackingpresets`, { name: 'Hot', applied: true, ...rings });
    expect(first).toMatchObject({ object: 'tracking_preset_config', data: { name: 'Hot', applied: true, enabled: true, description: '', rule: rings } });
    expect((await call('GET', `${name}/userpreferences`)).data.tracking.applied_preset).toMatchObject({ name: 'Hot', rule: rings });
    const second = await call('POST', `${name}/trackingpresets`, { name: 'Cold', applied: true, rule: rings });
    expect(second.data.rule).toEqual(rings);
    const listed = await call('GET', `${name}/trackingpresets`);
    expect(listed.object).toBe('tracking_preset_config');
    expect(listed.data.map((one: { readonly name: string; readonly applied: boolean }) => [one.name, one.applied])).toEqual([
      ['Hot', false],
      ['Cold', true],
    ]);
    expect(await call('POST', `${name}/trackingpresets`, { name: 'hot', ...rings })).toMatchObject({ error: { code: 1014 } });
  });

  it('are switched by a body of its own, and else updated whole', async () => {
    const { call, name } = await open();
    const { data } = await call('POST', `${name}/trackingpresets`, { name: 'Hot', ...rings });
    const path = `${name}/trackingpresets/${data.id}`;
    expect((await call('PUT', path, { enabled: false })).data).toMatchObject({ name: 'Hot', enabled: false });
    expect(await call('PUT', path, { name: 'Hot', ...rings })).toMatchObject({ error: { json_key: 'description' } });
    expect(await call('PUT', path, { name: 'Warm', description: 'd', applied: false, enabled: true })).toMatchObject({ error: { json_key: 'ring_one' } });
    expect((await call('PUT', path, { name: 'Warm', description: 'd', applied: false, enabled: true, ...rings })).data).toMatchObject({ name: 'Warm' });
    await call('DELETE', path);
    expect(await call('GET', path)).toMatchObject({ error: { code: 1019 } });
  });
});

describe('the portal', () => {
  it.each([
    { company_name: 'Harbour', phone: '42' },
    { name: 'Harbour', phone_number: '42' },
  ])('takes its details as %j', async (body) => {
    const { call, name } = await open();
    expect((await call('PUT', `portals/${name}`, body)).data).toMatchObject({ company_name: 'Harbour', phone: '42', screenname: name });
    expect((await call('GET', `portals/${name}`)).data).toMatchObject({ company_name: 'Harbour', phone: '42' });
    expect(await call('PUT', 'portals/elsewhere', body)).toMatchObject({ error: { code: 1005 } });
  });

  it('changes its owner to an administrator of its own', async () => {
    const { call, name, state } = await open();
    const idOf = (email: string) => state().operators.find((one) => one.email_id === email)?.id;
    expect(await call('PUT', `portals/${name}/owner`, { new_owner_id: '1' })).toMatchObject({ error: { code: 1101 } });
    expect(await call('PUT', `portals/${name}/owner`, { new_owner_id: idOf('ben@harbour.test') })).toMatchObject({ error: { code: 1100 } });
    expect((await call('PUT', `portals/${name}/owner`, { new_owner_id: idOf('anna@harbour.test') })).data).toMatchObject({
      owner_id: idOf('anna@harbour.test'),
    });
    expect((await call('GET', `portals/${name}`)).data.owner.email_id).toBe('anna@harbour.test');
  });
});
