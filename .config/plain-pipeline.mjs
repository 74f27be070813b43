/**
 * What `bench` compares with: the same repository and the same portal, read by
 * the same libraries and nothing else. Files are parsed and checked, the list
 * is fetched, rules are matched by title and compared. No places in files, no
 * order, no names for ids, no findings: the least that any such tool must do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import equal from 'fast-deep-equal';
import got from 'got';
import { parse } from 'yaml';

const text = { type: 'string' };
const texts = { type: 'array', items: { type: ['string', 'number'] } };
const criterion = {
  type: 'object',
  properties: { field: text, comparator: text, values: texts },
  required: ['field', 'comparator'],
  additionalProperties: false,
};
const rule = {
  type: 'object',
  properties: {
    title: text,
    app: text,
    enabled: { type: 'boolean' },
    when: {
      type: 'array',
      items: {
        anyOf: [criterion, { type: 'object', properties: { any: { type: 'array', items: criterion } }, required: ['any'], additionalProperties: false }],
      },
    },
    route: { type: 'object', properties: { type: text, departments: texts, operators: texts, dynamic_users: texts }, additionalProperties: false },
  },
  required: ['title', 'app'],
  additionalProperties: false,
};
const check = new Ajv({ allowUnionTypes: true }).compile({
  type: 'object',
  properties: { visitor_routing_rules: { type: 'array', items: rule }, visitor_routing_order: { type: 'object' } },
  additionalProperties: false,
});

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.yaml') && name !== 'salesiq.yaml')
  .sort();
const desired = [];
for (const name of files) {
  const value = parse(readFileSync(join(folder, name), 'utf8'));
  if (!check(value)) throw new Error(`${name}: ${JSON.stringify(check.errors)}`);
  desired.push(...(value.visitor_routing_rules ?? []));
}

const client = got.extend({
  prefixUrl: `${process.env['SALESIQ_SERVER']}/api/v2/acme`,
  headers: { authorization: `Zoho-oauthtoken ${process.env['SALESIQ_ACCESS_TOKEN']}` },
});
const get = (path) => client.get(path).json();
const [rules, apps, departments, operators] = await Promise.all([
  get('visitorroutingrules'),
  get('apps'),
  get('departments?index=1'),
  get('operators?index=1'),
]);
const idOf = new Map([...apps.data, ...departments.data].map(({ name, id }) => [name, id]).concat(operators.data.map(({ email_id, id }) => [email_id, id])));

const toApi = ({ title, app, when, route }) => ({
  title,
  app: idOf.get(app),
  and_criteria: when.map((group) => ({
    or_criteria: (group.any ?? [group]).map(({ field, comparator, values }) => ({ field_name: field, comparator, values: values.map(String) })),
  })),
  routing_type: route.type,
  userset: [
    {
      operator_ids: route.operators.map((key) => idOf.get(key)),
      department_ids: route.departments.map((key) => idOf.get(key)),
      dynamic_users: route.dynamic_users,
    },
  ],
});
const live = new Map(rules.data.rule_list.map((one) => [one.title, one]));
let changed = 0;
for (const one of desired) {
  const { title, app, and_criteria, routing_type, userset, enabled } = live.get(one.title) ?? {};
  if (!equal(toApi(one), { title, app: app?.id, and_criteria, routing_type, userset }) || enabled !== one.enabled) changed += 1;
}
process.stdout.write(`${changed} of ${desired.length} differ\n`);
