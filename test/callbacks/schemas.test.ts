import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bodySchemas } from '../../src/callbacks/index.ts';

const files = {
  'widget-response': 'widget-response.schema.json',
  progress: 'callback-progress.schema.json',
  'bot-response': 'bot-response.schema.json',
} as const;

const committed = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../../config-schema', name), 'utf8'));

describe('the schemas of the callbacks', () => {
  it.each(Object.entries(bodySchemas))('are committed as they are made: %s', (name, schema) => {
    const file = Object.entries(files).find(([body]) => body === name)?.[1] ?? '';
    expect(committed(file)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('lead every reference to a definition', () => {
    const text = JSON.stringify(bodySchemas['widget-response']);
    const names = new Set([...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name));
    const { $defs: definitions } = bodySchemas['widget-response'];
    expect([...names].sort()).toEqual(Object.keys(typeof definitions === 'object' ? { ...definitions } : {}).sort());
  });
});
