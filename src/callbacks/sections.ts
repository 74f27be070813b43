/**
 * Sections of a widget, as JSON Schema: six layouts with what each may hold
 * (webhooks-and-more.md 3.2). A limit that no page gives is not made up here.
 */
import type { Schema } from '../model/index.ts';

/** A text with the most characters that the service takes, where a page says so. */
export const text = (description: string, most?: number): Schema => ({ type: 'string', ...(most === undefined ? {} : { maxLength: most }), description });

export const truth = (description: string): Schema => ({ type: 'boolean', description });

/** The pages print some truth values as texts. */
export const looseTruth = (description: string, ...printed: readonly string[]): Schema => ({ enum: [true, false, 'true', 'false', ...printed], description });

export const mapping = (description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
});

export const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

type Properties = Readonly<Record<string, Schema>>;

const name = (most?: number): Schema => text('The name that tells it from the others, and that actions are given.', most);
const referenceId = text('An id of your own, handed back when it is used.', 300);
const navigate = truth('Whether it leads to another view; then it needs a name.');
const link = text('The address that a click opens.');
const linkHint = (most?: number): Schema => text('What is shown for the link.', most);

/** What an entry of `data` may hold, by layout. */
export const elementsOf: Readonly<Record<string, Properties>> = {
  metric: {
    label: text('What the figure means.', 50),
    value: text('The figure.', 10),
    name: name(50),
    reference_id: referenceId,
    navigate,
    link,
    link_hint: linkHint(),
  },
  fieldset: { label: text('What the value means.', 30), value: text('The value.', 2000), name: name(50), reference_id: referenceId, navigate },
  info: { label: text('What the value means.', 30), value: text('The value.', 1200), name: name(50), reference_id: referenceId, navigate },
  listing: {
    name: name(50),
    title: text('The first line.', 80),
    text: text('The lines below it.', 2000),
    subtext: text('The last line.', 80),
    link,
    link_hint: linkHint(20),
    reference_id: referenceId,
    navigate,
  },
};

/** A button of a section. */
export const buttonProperties: Properties = {
  label: text('What stands on the button.', 30),
  name: name(50),
  reference_id: referenceId,
  disabled: looseTruth('Whether it cannot be pressed.', 'true/false'),
};

const title = text('The heading.', 30);

const listOf = (what: string, items: Schema, most?: number): Schema => ({
  type: 'array',
  description: what,
  items,
  ...(most === undefined ? {} : { maxItems: most }),
});

const buttons = (most?: number): Schema => listOf('The buttons.', reference('button'), most);
const data = (layout: string, most: number): Schema => listOf('The entries.', reference(`${layout}_entry`), most);

/** What a section may hold, by layout, without the key `layout`. Of profile no page could be read: only its name and title are looked at. */
export const sectionsOf: Readonly<Record<string, Properties>> = {
  metric: { name: name(50), title, navigate, data: data('metric', 3), link, link_hint: linkHint(), actions: buttons(2), reference_id: referenceId },
  fieldset: { name: name(50), title, navigate, data: data('fieldset', 15), actions: buttons(2), link, link_hint: linkHint(), reference_id: referenceId },
  info: { name: name(30), title, navigate, data: data('info', 15), link, link_hint: linkHint(), actions: buttons(), reference_id: referenceId },
  listing: {
    name: name(50),
    title,
    search: truth('Whether the entries can be searched.'),
    search_hint: text('What stands in the empty search field.', 60),
    navigate,
    nodata_text: text('What is shown when there are no entries.', 200),
    data: data('listing', 10),
    actions: buttons(2),
    reference_id: referenceId,
  },
  profile: { name: name(), title: text('The heading.') },
  empty: { name: name(), title, actions: buttons(2), text: text('What is shown.', 200), link, link_hint: linkHint(), reference_id: referenceId },
};

export const layouts: readonly string[] = Object.keys(sectionsOf);

/** An entry that is named in answers needs a name (webhooks-and-more.md 3.2). */
const nameable = (schema: Schema): Schema => ({ ...schema, dependentRequired: { reference_id: ['name'] } });

const navigates: Schema = { type: 'object', properties: { navigate: { const: true } }, required: ['navigate'] };
const named: Schema = { type: 'object', properties: { name: {} }, required: ['name'] };

const entrySchema = (properties: Properties): Schema => ({ ...nameable(mapping('An entry.', properties)), if: navigates, then: named });

const sectionSchema = (layout: string, properties: Properties): Schema => ({
  ...mapping(`A section with the layout ${layout}.`, { layout: { const: layout, description: 'The layout.' }, ...properties }, ['name']),
  ...(layout === 'profile' ? { additionalProperties: true } : {}),
  ...(properties['data'] === undefined ? {} : { if: navigates, then: { type: 'object', properties: { data: { type: 'array', items: named } } } }),
});

const has = (key: string): Schema => ({ type: 'object', properties: { [key]: {} }, required: [key] });

const layoutKey = (properties: Schema): Schema => ({ type: 'object', properties: { layout: properties }, required: ['layout'] });

/** A section, flat with its layout as a key, or wrapped in a mapping from its layout: the pages show both. */
const eitherSection: Schema = {
  type: 'object',
  description: 'A section, flat with a layout, or wrapped in a mapping from its layout.',
  if: has('layout'),
  then: {
    type: 'object',
    properties: { layout: { type: 'string', enum: layouts, description: 'The layout.' } },
    allOf: layouts.map((layout) => ({ if: layoutKey({ const: layout }), then: reference(`${layout}_section`) })),
  },
  else: {
    if: { anyOf: layouts.map(has) },
    then: {
      ...mapping('A section in a mapping from its layout.', Object.fromEntries(layouts.map((layout) => [layout, reference(`${layout}_section`)]))),
      maxProperties: 1,
    },
    else: layoutKey({ type: 'string', enum: layouts, description: 'The layout.' }),
  },
};

/** The definitions that a schema with sections needs. */
export const sectionDefinitions: Readonly<Record<string, Schema>> = {
  button: nameable(mapping('A button.', buttonProperties)),
  ...Object.fromEntries(Object.entries(elementsOf).map(([layout, properties]) => [`${layout}_entry`, entrySchema(properties)])),
  ...Object.fromEntries(Object.entries(sectionsOf).map(([layout, properties]) => [`${layout}_section`, sectionSchema(layout, properties)])),
  section: eitherSection,
};
