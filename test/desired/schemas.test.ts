import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectSchema, resourcesSchema } from '../../src/desired/index.ts';
import { strictSchema } from '../../src/desired/schema.ts';
import { kindNames, resourceValidators } from '../../src/desired/validators.js';
import { kinds } from '../../src/kinds/index.ts';
import { projectText } from './support/read.ts';

const committed = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../../config-schema', name), 'utf8'));
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const editor = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const resources = editor.compile(resourcesSchema(kinds));
const project = editor.compile(projectSchema(kinds));

describe('the schemas for editors', () => {
  it('are committed as they are made', () => {
    expect(committed('resources.schema.json')).toEqual(json(resourcesSchema(kinds)));
    expect(committed('project.schema.json')).toEqual(json(projectSchema(kinds)));
  });

  it('describe every key, so that editors can say what it is', () => {
    const bare: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties } = Object.fromEntries(Object.entries(schema));
      if (typeof properties === 'object' && properties !== null) {
        for (const [key, inner] of Object.entries(properties)) {
          if (typeof inner === 'object' && inner !== null && !('description' in inner)) bare.push(`${path}.${key}`);
        }
      }
      for (const [key, inner] of Object.entries(schema)) walk(inner, `${path}.${key}`);
    };
    walk(resourcesSchema(kinds), '');
    walk(projectSchema(kinds), '');
    expect(bare).toEqual([]);
  });

  it.each([
    '{}',
    'webhooks: []',
    'webhooks: [{ url: "${hooks}/x", type: "${type}", secured: "${flag}", events: [tag.created, other], keep_failed_executions: 60d, apps: ~ }]',
    'webhooks: [{ url: 0123, type: data, only: [harbour], previously: [data x], key: 7 }]',
    'trigger_rules: [{ title: true, app: 5, enabled: "${on}", action: { delay: "${n}", params: { anything: [1] } } }]\ntrigger_order: { 5: [true, "*", { title: "*" }] }',
    'lead_scoring_rules: [{ key: k, points: -5, when: [{ field: email, comparator: is, values: [1, true, x] }, { any: [{ field: email, comparator: is }] }] }]',
    'visitor_routing_default: { route_to_all: false }',
    'x-anchors: { a: 1 }\n.more: [1]',
  ])('take %s', (text) => {
    expect([resources(parse(text)), resources.errors]).toEqual([true, null]);
  });

  it.each([
    'webhook: []',
    'webhooks: ~',
    'webhooks: [{ url: x }]',
    'webhooks: [{ url: x, type: dat }]',
    'webhooks: [{ url: x, type: data, secured: yes please }]',
    'webhooks: [{ url: x, type: data, keep_failed_executions: 3 days }]',
    'trigger_rules: [{ title: x, app: y, position: 3 }]',
    'lead_scoring_rules: [{ key: k, when: [] }]',
    'lead_scoring_rules: [{ key: k, when: [{ any: [], field: x }] }]',
    'trigger_order: { Pier: [[x]] }',
    'bots: []',
  ])('refuse %s', (text) => {
    expect(resources(parse(text))).toBe(false);
  });

  it('take a salesiq.yaml and refuse a misspelt one', () => {
    expect([project(parse(projectText)), project.errors]).toEqual([true, null]);
    expect(project(parse(projectText.replace('portals', 'portal')))).toBe(false);
    expect(
      project(parse(`${projectText}limits: { deletes: 30%, updates: 0.5, min_existing: 3 }\nkinds: { webhooks: { mode: observe } }\nprotect: [webhooks]\n`)),
    ).toBe(true);
  });
});

describe('the compiled validators', () => {
  it('are there for every kind that files describe', () => {
    expect(Object.keys(resourceValidators)).toEqual([...kindNames]);
    expect(kindNames).toEqual(kinds.filter(({ schema }) => schema !== undefined).map(({ name }) => name));
  });

  it('are made of schemas whose alternatives are told apart', () => {
    expect(() =>
      strictSchema({
        anyOf: [
          { type: 'object', properties: { a: {} } },
          { type: 'object', properties: { a: {} } },
        ],
      }),
    ).toThrow('told apart');
    expect(strictSchema({ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] })).toEqual({ type: 'string', enum: ['a', null], nullable: true });
  });
});
