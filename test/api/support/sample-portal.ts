/** A portal that holds what the documented sample requests name, under the ids that they name it by. */
const criteria = [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Japan'] }] }];
const leadCriteria = [{ OR_criteria: [{ field_name: 'browser', comparator: 'is_equal_to', values: ['apple_safari'] }] }];
const ring = [{ or_criteria: [{ field_name: 'leadscore', comparator: 'less_than', values: ['123'] }] }];

const each = (ids: readonly string[], row: (id: string, at: number) => object): readonly object[] => ids.map((id, at) => ({ id, ...row(id, at) }));

const chat = (status: string, more: object = {}) => ({ status, app_id: '44000000000047', department_id: '19000000000017', ...more });

/** What `delete` names as the heir of a department; the page has a placeholder. */
export const heir = '17000000002003';

/** @param keys ids of the public keys of the webhook whose keys the samples rotate */
export const samplePortal = (keys: readonly string[]) => ({
  screenname: 'zylker',
  apps: each(['44000000000047', '33000000000047', '33000000000048', '32180000000014001', '44000000014017', '19367000000002043'], (id) => ({
    name: `App ${id}`,
  })),
  departments: each(
    [
      '19000000000017',
      '46000000000017',
      '1234567897654',
      heir,
      '32180000000016037',
      '32308000000002013',
      '38000000000017',
      '38000000000019',
      '38000000000021',
      '123456789',
      '12345678',
      '23456756',
    ],
    (id) => ({ name: `Department ${id}` }),
  ),
  operators: [
    { id: '44000000000005', email: 'owner@zylker.test', owner: true, departments: ['Department 19000000000017'] },
    ...each(
      [
        '6000000006001',
        '7000000000005',
        '8000000002007',
        '19000000000017',
        '19000000026003',
        '32308000000002001',
        '32308000000002003',
        '32308000000003031',
        '32308000000004017',
        '44000000018001',
      ],
      (id) => ({
        email: `o${id}@zylker.test`,
        role: 'Administrator',
        departments: ['Department 19000000000017', 'Department 123456789', 'Department 12345678', 'Department 23456756'],
      }),
    ),
    { id: '15990000000002001', email: 'leaver@zylker.test', departments: ['Department 32180000000016037', 'Department 19000000000017'] },
  ],
  article_categories: each(['53400000000328033', '53400000000328056', '360000015602135', '17000000012001'], (id) => ({ name: `Category ${id}` })),
  articles: each(['360000014494003', '60000014486001', '360000014486001'], (id) => ({
    title: `Article ${id}`,
    content: '<div>Text</div>',
    department_id: heir,
    category_id: '17000000012001',
  })),
  canned_response_categories: each(['53400000000328033', '53400000000328056', '18000000018001'], (id) => ({ name: `Answers ${id}` })),
  canned_responses: each(['360000014494003', '18000000096003'], (id) => ({
    content: `Answer ${id}`,
    associate_with_all_departments: true,
    category_ids: ['18000000018001'],
  })),
  blocked_ips: each(['33000000004003', '8000000006005', '33000000004001'], (_id, at) => ({ ip: `10.0.0.${at + 1}`, app_id: '33000000000047' })),
  chat_monitors: [{ id: '8000000006005', type: 'visitor_ip', visitor_ip: '10.0.0.9', enabled: false }],
  visitor_routing_rules: each(['44000000014017', '44000000014018'], (id) => ({ title: `Rule ${id}`, and_criteria: criteria })),
  chat_routing_rules: each(['44000000014017', '44000000014018'], (id) => ({ title: `Chat rule ${id}`, and_criteria: criteria })),
  trigger_rules: each(['44000000000201', '44000000014017'], (id) => ({
    title: `Trigger ${id}`,
    and_criteria: criteria,
    event: { type: 'lands_on_website' },
    action: { type: 'send_chat_invite', params: { sender_name: 'Patricia', value: 'Hi there' }, delay: '120' },
  })),
  lead_scoring_rules: each(['42000000038001', '43000000010001', '44000000014017'], () => ({ points: 5, status: 'enabled', AND_criteria: leadCriteria })),
  tags: each(['54000000002009', '7000000004001', '7000000000080'], (id) => ({ name: `Tag ${id}`, color: '#ff9807', module: 'conversations' })),
  tagged: [{ module: 'conversations', record_id: '54000000007003', tag_ids: ['7000000004001'] }],
  tracking_presets: each(['44000000000201', '44000000014017', '5000000010003'], (id) => ({
    name: `Preset ${id}`,
    enabled: false,
    ring_one: ring,
    ring_two: ring,
    ring_three: ring,
    ring_four: ring,
  })),
  visitor_history_views: each(['66000000011015', '66000000011001', '66000000004005', '51841000001757005'], (id) => ({
    name: `View ${id}`,
    and_criteria: criteria,
  })),
  webhooks: [
    {
      id: '8000000002001',
      url: 'https://hooks.zylker.test/a',
      type: 'data',
      events: ['conversation.created', 'conversation.visitor.replied'],
      app_ids: ['44000000000047'],
      executions: ['b8eeec69-ac43-4792-84ee-1df527e5c6ec', 'eca1f9c8-5acf-463b-96a8-20629cb8fcff', 'ex_id1', 'ex_id2', 'ex_id3'].map((id) => ({
        id,
        event: 'conversation.created',
        entity: 'conversation',
        entity_id: '54000000007003',
        app_id: '44000000000047',
      })),
    },
    { id: '8000000024003', url: 'https://hooks.zylker.test/b', type: 'data', events: ['conversation.created'], app_ids: ['44000000000047'] },
    { id: '19367000000120011', url: 'https://hooks.zylker.test/c', type: 'data', events: ['conversation.created'], app_ids: ['44000000000047'] },
    {
      id: '19367000000002079',
      url: 'https://hooks.zylker.test/d',
      type: 'data',
      events: ['conversation.created'],
      app_ids: ['44000000000047'],
      secured: true,
      public_keys: keys.map((id) => ({ id, key: 'k', creator_id: '44000000000005', created_time: '45678998765' })),
    },
  ],
  conversations: [
    ...each(['54000000007003', '32289000000795001', '42662824243424023', '666300030000479029', '430872000002553007', '83396000004516005'], () =>
      chat('connected'),
    ),
    ...each(['115844000015207035', '115844000015066005', '1385449374538322', '30984343840944', '211760000000910039'], () => chat('closed')),
    { id: '19000000033103', ...chat('waiting', { encrypted_id: 'c18783b1e17018897546b7e483132072' }) },
    { id: '301047000000002043', ...chat('connected', { transfers: [{ department_id: '19000000000017', operator_id: '19000000026003', note: '' }] }) },
    {
      id: '211760000000910041',
      ...chat('closed', {
        encrypted_id: 'siqcf0911a8a140c9f5e5bf3f2452efd789e6be425f9e23f418dc01d32f444ae29a',
        visitor: { name: 'Patricia', email: 'patricia@zylker.com' },
      }),
    },
  ],
  calls: ['1385449374538322', '30984343840944'].map((conversation_id) => ({ conversation_id, status: 'missed' })),
  feedbacks: [{ id: '211760000000542007', conversation_id: '211760000000910039', rating: 'happy', feedback: 'Quick' }],
  bots: [{ name: 'Zbot' }],
});
