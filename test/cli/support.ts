/** The built command in a folder of its own, beside a portal in this process; and what each of its answers must hold. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Ended } from '../chaos/support/command.ts';

export { run } from '../chaos/support/command.ts';
export { fast, openProject, type Project, withProject } from '../chaos/support/project.ts';

const schema: object = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../config-schema/plan.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

/** The one document on standard output, which must fit its schema. */
export const documentOf = ({ stdout }: Pick<Ended, 'stdout'>): Record<string, unknown> => {
  const value: unknown = JSON.parse(stdout);
  expect(validate(value) ? [] : validate.errors).toEqual([]);
  if (typeof value !== 'object' || value === null) throw new Error('no mapping');
  return { ...value };
};

export const listIn = (document: Record<string, unknown>, key: string): readonly Record<string, unknown>[] => {
  const list = document[key];
  if (!Array.isArray(list)) throw new Error(`no list ${key}`);
  return list.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry } : {}));
};

/** No trace of the program's inside, whatever went wrong. */
export const expectNoTrace = ({ stdout, stderr }: Ended): void => {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/^\s+at .+:\d+:\d+/m);
    expect(text).not.toContain('node:internal');
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('[object Object]');
  }
};

export const criteria = (country = 'Japan') => [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [country] }] }];

/** A small portal in which something is to be created, updated, moved, and something that no file describes. */
export const seed = {
  screenname: 'harbour',
  apps: [{ name: 'Harbour shop' }, { name: 'Kiosk' }],
  departments: [{ name: 'Oslo' }],
  operators: [{ email: 'ben@harbour.test' }],
  visitor_routing_rules: [
    { title: 'Night desk', app: 'Harbour shop', and_criteria: criteria('Chile') },
    { title: 'Norway', app: 'Harbour shop', and_criteria: criteria('Norway') },
    { title: 'A stranger', app: 'Harbour shop', and_criteria: criteria('Peru') },
  ],
  webhooks: [{ type: 'data', url: 'https://hooks.harbour.test/a', events: ['conversation.missed'] }],
};

export const rules = `visitor_routing_rules:
  - { title: Norway, app: Harbour shop }
  - { title: Night desk, app: Harbour shop, enabled: false }
  - title: Spring sale
    app: Harbour shop
    when: [{ field: country, comparator: is_equal_to, values: [Iceland] }]
    route: { type: route_to_selected_users, operators: [ben@harbour.test] }
`;
