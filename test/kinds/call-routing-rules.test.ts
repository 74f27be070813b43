import { describe, expect, it } from 'vitest';
import { callRoutingRules as rules } from '../../src/kinds/call-routing-rules.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, listed, read, sent, switched, updated } from './names.ts';

const campaign: JsonObject = {
  id: '44000000018005',
  title: 'Zylker-campaigns',
  app: { id: '33000000000047', name: 'Danny' },
  enabled: true,
  position: 2,
  and_criteria: [{ or_criteria: [{ field_name: 'campaign_medium', values: ['orset 1'], comparator: 'contains' }] }],
  routing_type: 'route_to_selected_users',
  userset: [{ operator_ids: ['8000000002007'], department_ids: [], dynamic_users: [] }],
};
const spec = {
  title: 'Zylker-campaigns',
  app: 'Danny',
  enabled: true,
  when: [{ field: 'campaign_medium', comparator: 'contains', values: ['orset 1'] }],
  route: { type: 'route_to_selected_users', operators: ['patricia@zylker.test'], departments: [], dynamic_users: [], more_users: [] },
};

describe('call routing rules', () => {
  it('read what the twin of chats would list, with and without route_to_all', () => {
    expect(listed(rules, { rule_list: [campaign] })).toEqual([campaign]);
    expect(read(rules, campaign)).toEqual({ id: '44000000018005', key: 'Zylker-campaigns', app: 'Danny', position: 2, spec });
    expect(rules.lists[0]?.reports?.({ rule_list: [] })).toEqual({});
    expect(rules.lists[0]?.reports?.({ rule_list: [], route_to_all: 'enabled' })).toEqual({ route_to_all: 'enabled' });
  });

  it('are created as the one page shows, and else written like those of chats', () => {
    const body = {
      app_id: '33000000000047',
      title: 'Zylker-campaigns',
      and_criteria: [{ or_criteria: [{ field_name: 'campaign_medium', values: ['orset 1'], comparator: 'contains' }] }],
      routing_type: 'route_to_selected_users',
      userset: [{ operator_ids: ['8000000002007'], department_ids: [], dynamic_users: [] }],
    };
    expect(created(rules, spec)).toEqual({ method: 'POST', path: '/callroutingrules', body });
    expect(updated(rules, '44', spec, campaign)).toEqual({ method: 'PUT', path: '/callroutingrules/44', body });
    expect(switched(rules, '44', false)).toEqual([{ method: 'PUT', path: '/callroutingrules/44', body: { enabled: false } }]);
    expect(rules.order?.list).toBe('call_routing_order');
    expect(rules.order?.place('44', 3)).toEqual({ method: 'PUT', path: '/callroutingrules/44', body: { position: 3 } });
    expect(deleted(rules, '44')).toEqual({ method: 'DELETE', path: '/callroutingrules/44' });
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = rules.normalise({
      title: 'Night',
      app: 'Hank',
      when: [
        {
          any: [
            { field: 'country', comparator: 'is_equal_to', values: ['Japan'] },
            { field: 'referer', comparator: 'is_unknown' },
          ],
        },
      ],
      route: { type: 'route_to_selected_users', departments: ['Night desk', 'Claims'], operators: ['Patricia@zylker.test'] },
    });
    const { app_id: id = null, ...rest } = sent(rules, wanted);
    const echo = read(rules, { id: '9', position: '1', enabled: 'true', app: { id }, ...rest }).spec;
    const route = {
      type: 'route_to_selected_users',
      departments: ['Claims', 'Night desk'],
      operators: ['patricia@zylker.test'],
      dynamic_users: [],
      more_users: [],
    };
    expect(echo).toEqual({ ...wanted, enabled: true, route });
  });

  it('refuse a list without rules and a rule without a place', () => {
    expect(() => listed(rules, { route_to_all: 'enabled' })).toThrow(ShapeError);
    expect(() => read(rules, { ...campaign, position: 'first' })).toThrow(ShapeError);
  });
});
