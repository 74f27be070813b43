import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BodyFault, bodySchemas, checkBody, readingOf } from '../../src/callbacks/index.ts';
import { readDocument } from '../../src/desired/index.ts';
import type { Json, JsonObject } from '../../src/model/index.ts';

const messages = (body: Json): readonly string[] => checkBody('widget-response', body).map(({ message }) => message);
const errors = (body: Json): readonly BodyFault[] => checkBody('widget-response', body).filter(({ severity }) => severity === 'error');

const figures = { layout: 'metric', name: 'stock', title: 'In stock', data: [{ label: 'Oolong', value: '12' }] };
const edit = (...sections: readonly Json[]): JsonObject => ({ type: 'sections_edit', sections });

const samples = resolve(import.meta.dirname, '../../samples/callbacks');

describe('the bodies that are documented', () => {
  it('has a line of success or failure', () => {
    expect(messages({ type: 'banner', status: 'failure', text: 'The order could not be cancelled', refresh_section: true, pending: false })).toEqual([]);
  });

  it('takes a section flat, and wrapped in its layout as the page on callbacks shows it', () => {
    const { layout: _left, ...unsaid } = figures;
    expect(messages(edit(figures, { metric: figures }, { metric: unsaid }))).toEqual([]);
  });

  it('takes the truth values that the page prints as texts', () => {
    for (const disabled of [true, 'false', 'true/false'])
      expect(messages(edit({ ...figures, actions: [{ label: 'Add', name: 'add', disabled }] }))).toEqual([]);
  });

  it('takes each of the six layouts', () => {
    expect(
      messages(
        edit(
          { layout: 'fieldset', name: 'account', data: [{ label: 'Login', value: 'mika' }], link: '', link_hint: '' },
          {
            layout: 'info',
            name: 'item',
            navigate: true,
            data: [{ name: 'tin', label: 'Tin', value: 'Red' }],
            actions: [{}, {}, {}].map(() => ({ label: 'Buy' })),
          },
          { layout: 'listing', name: 'orders', search: true, search_hint: 'A number', data: [{ name: 'o1', title: 'Assam', text: '200 g', subtext: 'sent' }] },
          { layout: 'profile', name: 'person', whatever: { it: ['holds'] } },
          { layout: 'empty', name: 'returns', text: 'Nothing was sent back' },
        ),
      ),
    ).toEqual([]);
  });

  it('takes the four actions on sections, of which removing needs no section', () => {
    const actions = [{ type: 'remove', name: 'stock' }, ...['update', 'add_after', 'add_before'].map((type) => ({ type, name: 'stock', section: figures }))];
    expect(messages({ type: 'widget_modification', success_banner: 'Done', actions })).toEqual([]);
  });

  it('takes a form, whatever its fields hold besides name and type', () => {
    const inputs = [{ type: 'select', name: 'tea', options: [{ label: 'Assam', value: 'a' }], value: ['a'] }];
    expect(
      messages({ type: 'form', name: 'order', title: 'Order', trigger_on_cancel: 'true', inputs, action: { type: 'invoke.function', name: 'take_order' } }),
    ).toEqual([]);
  });

  it('has samples that are right', () => {
    const files = readdirSync(samples).filter((file) => file.includes('widget'));
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const read = readDocument({ path: file, text: readFileSync(join(samples, file), 'utf8') }, readingOf(bodySchemas['widget-response']));
      expect(read.diagnostics).toEqual([]);
      expect(messages(read.value?.value ?? null), file).toEqual([]);
    }
  });
});

describe('a body that is wrong', () => {
  const long = (count: number): string => 'x'.repeat(count);

  it('is told with the path of the fault and the limit that it passes', () => {
    const section = { metric: { ...figures, data: [{ label: 'Oolong', value: '12 thousand kg' }] } };
    const actions = [
      { type: 'remove', name: 'a' },
      { type: 'remove', name: 'b' },
      { type: 'add_after', name: 'c', section },
    ];
    expect(messages({ type: 'widget_modification', actions })).toEqual(['actions[2].section.metric.data[0].value: at most 10 characters, 14 given']);
  });

  it.each([
    ['text', { type: 'banner', status: 'success', text: long(51) }, 50],
    ['success_banner', { type: 'widget_modification', success_banner: long(51), actions: [{ type: 'remove', name: 'a' }] }, 50],
    ['sections[0].name', edit({ ...figures, name: long(51) }), 50],
    ['sections[0].name', edit({ layout: 'info', name: long(31) }), 30],
    ['sections[0].title', edit({ ...figures, title: long(31) }), 30],
    ['sections[0].reference_id', edit({ ...figures, reference_id: long(301) }), 300],
    ['sections[0].data[0].label', edit({ ...figures, data: [{ label: long(51) }] }), 50],
    ['sections[0].data[0].label', edit({ layout: 'fieldset', name: 'a', data: [{ label: long(31) }] }), 30],
    ['sections[0].data[0].value', edit({ layout: 'fieldset', name: 'a', data: [{ value: long(2001) }] }), 2000],
    ['sections[0].data[0].value', edit({ layout: 'info', name: 'a', data: [{ value: long(1201) }] }), 1200],
    ['sections[0].data[0].title', edit({ layout: 'listing', name: 'a', data: [{ title: long(81) }] }), 80],
    ['sections[0].data[0].link_hint', edit({ layout: 'listing', name: 'a', data: [{ link_hint: long(21) }] }), 20],
    ['sections[0].search_hint', edit({ layout: 'listing', name: 'a', search_hint: long(61) }), 60],
    ['sections[0].nodata_text', edit({ layout: 'listing', name: 'a', nodata_text: long(201) }), 200],
    ['sections[0].text', edit({ layout: 'empty', name: 'a', text: long(201) }), 200],
    ['sections[0].actions[0].label', edit({ ...figures, actions: [{ label: long(31) }] }), 30],
  ])('is refused for %s', (path, body, limit) => {
    expect(messages(body)).toEqual([`${path}: at most ${limit} characters, ${limit === 10 ? 0 : limit + 1} given`]);
  });

  it('is refused for more entries than a list may have', () => {
    const many = (count: number): readonly JsonObject[] => Array.from({ length: count }, () => ({ label: 'Tea' }));
    expect(messages(edit(...Array.from({ length: 6 }, () => figures)))).toEqual(['sections: at most 5 entries, 6 given']);
    expect(messages(edit({ ...figures, data: many(4) }))).toEqual(['sections[0].data: at most 3 entries, 4 given']);
    expect(messages(edit({ ...figures, actions: many(3) }))).toEqual(['sections[0].actions: at most 2 entries, 3 given']);
    expect(messages(edit({ layout: 'info', name: 'a', data: many(16) }))).toEqual(['sections[0].data: at most 15 entries, 16 given']);
    expect(messages(edit({ layout: 'listing', name: 'a', data: Array.from({ length: 11 }, () => ({ title: 'Tea' })) }))).toEqual([
      'sections[0].data: at most 10 entries, 11 given',
    ]);
    const inputs = Array.from({ length: 26 }, (_, index) => ({ type: 'text', name: `f${index}` }));
    expect(messages({ type: 'form', inputs, action: { type: 'invoke.function', name: 'x' } })).toEqual(['inputs: at most 25 entries, 26 given']);
  });

  it('counts characters as people do, not as machines store them', () => {
    expect(messages({ type: 'banner', status: 'success', text: '🫖'.repeat(50) })).toEqual([]);
    expect(messages({ type: 'banner', status: 'success', text: '🫖'.repeat(51) })).toEqual(['text: at most 50 characters, 51 given']);
  });

  it('needs names where an entry is given to actions, and says why, once', () => {
    const data = [{ label: 'a', reference_id: 'r', navigate: true }];
    expect(messages(edit({ ...figures, navigate: true, data }))).toEqual(['sections[0].data[0]: needs name, because it can be navigated']);
    expect(messages(edit({ ...figures, data: [{ label: 'a', reference_id: 'r' }] }))).toEqual(['sections[0].data[0]: needs name, because it has reference_id']);
  });

  it('names the word that was meant', () => {
    expect(errors({ type: 'banner', status: 'sucess', text: 'Done' })).toMatchObject([
      { path: ['status'], hint: expect.stringContaining('Did you mean success?') },
    ]);
    expect(errors({ type: 'widget_modification', actions: [{ type: 'replace', name: 'a' }] })).toMatchObject([
      { message: 'actions[0].type: cannot be "replace"', hint: 'It is one of "add_after", "add_before", "remove", "update".' },
    ]);
    expect(errors(edit({ layout: 'table', name: 'a' }))).toMatchObject([{ message: 'sections[0].layout: cannot be "table"' }]);
    expect(errors({ type: 'section_navigate' })).toMatchObject([{ message: 'type: cannot be "section_navigate"' }]);
  });

  it('has a section without a layout, or with two', () => {
    expect(messages(edit({ name: 'a' }))).toEqual(['sections[0]: needs layout']);
    expect(messages(edit({ metric: figures, info: { name: 'a' } }))).toEqual(['sections[0]: one layout, 2 given']);
    expect(messages(edit({ metric: { layout: 'info', name: 'a' } }))).toEqual(['sections[0].metric.layout: should be "metric", but it is "info"']);
  });

  it('leaves out what must be there', () => {
    expect(messages({})).toEqual(['the body: needs type']);
    expect(messages({ type: 'banner' })).toEqual(['the body: needs status', 'the body: needs text']);
    expect(messages({ type: 'widget_modification', actions: [{ type: 'update', name: 'a' }] })).toEqual(['actions[0]: needs section']);
    expect(messages(edit())).toEqual(['sections: is empty']);
  });

  it('is no mapping', () => {
    expect(messages([])).toEqual(['the body: should be a mapping, but it is a list']);
  });
});

describe('a key that no page tells of', () => {
  it('is an error where it is nearly one that exists', () => {
    expect(checkBody('widget-response', edit({ ...figures, titel: 'x' }))).toMatchObject([
      { severity: 'error', at: 'key', path: ['sections', 0, 'titel'], hint: 'Did you mean title?' },
    ]);
  });

  it('is a warning otherwise, for the pages were cut', () => {
    expect(checkBody('widget-response', edit({ ...figures, collapsible: true }))).toMatchObject([
      { severity: 'warning', path: ['sections', 0, 'collapsible'] },
    ]);
  });

  it('goes for the spelling of one page, too', () => {
    expect(checkBody('widget-response', { ...edit(figures), type: 'section_edit' })).toMatchObject([{ severity: 'warning', path: ['type'] }]);
  });
});

describe('the bodies of bots', () => {
  it('have a text on the way', () => {
    expect(checkBody('progress', { text: 'A moment' })).toEqual([]);
    expect(checkBody('progress', { text: '' })).toMatchObject([{ message: 'text: is empty' }]);
  });

  it('end with whatever a handler may return', () => {
    expect(checkBody('bot-response', { action: 'reply', replies: [{ type: 'file', text: 'x' }, 'y'], suggestions: ['z'] })).toEqual([]);
    expect(checkBody('bot-response', { replies: 'x' })).toMatchObject([{ message: 'replies: should be a list, but it is text' }]);
  });
});
