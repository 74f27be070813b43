/**
 * Lead scoring rules (rules.md 3): no title, app or position; criteria keys in
 * capitals; points as digits in text; on and off as the words of `status`,
 * while one page's prose names the key `enable`: the second form is tried if
 * the first was not kept.
 */
import { isObject, type JsonObject, type Kind } from '../model/index.ts';
import { criteriaSchema, normaliseWhen, upperCase, whenFromApi, whenToApi } from './criteria.ts';
import { idAt, integerAt, listAt, present, switchAt } from './read.ts';
import { flag, mapping, text, wholeNumber } from './schema.ts';
import { leadScoringFields } from './vocabulary.ts';

const path = '/leadscorerules';

const body = (spec: JsonObject): JsonObject => ({ points: String(spec['points']), AND_criteria: whenToApi(spec['when'], upperCase) });

export const leadScoringRules: Kind = {
  name: 'lead_scoring_rules',
  title: 'lead scoring rule',
  doc: 'How many points a visitor gains or loses for what is known of them.',
  source: 'rules.md 3',
  scopes: { read: ['SalesIQ.leadscorerules.READ'], write: ['SalesIQ.leadscorerules.CREATE', 'SalesIQ.leadscorerules.UPDATE', 'SalesIQ.leadscorerules.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One lead scoring rule.',
    {
      key: text('A name for people; the service stores none. Unique among these rules.'),
      enabled: flag('Whether it is on. Default: true.'),
      points: wholeNumber('Points to add; negative to take away.'),
      when: criteriaSchema(leadScoringFields),
    },
    ['key', 'when'],
  ),

  identity: { by: 'content', criteria: 'when' },
  refs: [],
  manages: ['create', 'update', 'delete'],
  needs: ['points', 'when'],
  vocabulary: [],
  criteria: leadScoringFields,
  cleared: {},
  normalise: (written) => present({ ...written, when: written['when'] === undefined ? undefined : normaliseWhen(written['when']) }),

  lists: [{ path, items: (data) => listAt(isObject(data) ? data : {}, 'rule_list') }],
  fromApi: (raw) => ({
    id: idAt(raw, 'id'),
    key: '',
    spec: {
      enabled: switchAt(raw, raw['status'] === undefined && raw['enabled'] !== undefined ? 'enabled' : 'status'),
      points: integerAt(raw, 'points'),
      when: whenFromApi(raw, upperCase),
    },
  }),

  requests: {
    create: (spec) => ({ method: 'POST', path, body: body(spec) }),
    update: (id, spec) => ({ method: 'PUT', path: `${path}/${id}`, body: body(spec) }),
    enable: [
      (id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { status: enabled ? 'enabled' : 'disabled' } }),
      (id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { enable: enabled } }),
    ],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
