/**
 * Bodies of the callbacks, as JSON Schema (webhooks-and-more.md 3). It is
 * published for editors as it stands here, and compiled at build time into the
 * validators that check a body before it is sent.
 */
import type { Schema } from '../model/index.ts';
import { looseTruth, mapping, reference, sectionDefinitions, text, truth } from './sections.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const type = (word: string): Schema => ({ const: word, description: 'What kind of answer it is.' });
const pending = truth('Whether the answer itself is to be waited for.');
const refresh = truth('Whether the section is loaded again.');

const banner = mapping(
  'A line at the top of the widget.',
  {
    type: type('banner'),
    status: { type: 'string', enum: ['success', 'failure'], description: 'How it went: success or failure.' },
    text: text('What the line says.', 50),
    refresh_section: refresh,
    pending,
  },
  ['type', 'status', 'text'],
);

const sectionsEdit = mapping(
  'New content for sections of the widget.',
  {
    // One page spells the word section_edit; every sample, and every other page, sections_edit.
    type: { enum: ['sections_edit', 'section_edit'], description: 'What kind of answer it is.' },
    sections: { type: 'array', minItems: 1, maxItems: 5, items: reference('section'), description: 'The sections, 5 at most.' },
    success_banner: text('The line when it worked.'),
    failure_banner: text('The line when it did not.'),
    refresh_section: refresh,
    pending,
  },
  ['type', 'sections'],
);

const modification: Schema = {
  ...mapping(
    'What is done to one section.',
    {
      type: { type: 'string', enum: ['remove', 'update', 'add_after', 'add_before'], description: 'What is done.' },
      name: text('The name of the section that is there.'),
      section: reference('section'),
    },
    ['type', 'name'],
  ),
  if: { type: 'object', properties: { type: { enum: ['update', 'add_after', 'add_before'] } }, required: ['type'] },
  then: { type: 'object', properties: { section: {} }, required: ['section'] },
};

const widgetModification = mapping(
  'Sections added, changed or taken out.',
  {
    type: type('widget_modification'),
    success_banner: text('The line when it worked.', 50),
    failure_banner: text('The line when it did not.', 50),
    actions: { type: 'array', minItems: 1, items: reference('modification'), description: 'What is done, one after the other.' },
    pending,
  },
  ['type', 'actions'],
);

/** The full list of types and attributes is not documented, so nothing more is asked. */
const input: Schema = {
  ...mapping(
    'A field of the form.',
    {
      type: text('What kind of field: text, select, dynamic_select, checkbox and others.'),
      name: text('The name under which its value is handed over.'),
      label: text('What stands beside it.'),
      hint: text('What explains it.'),
      placeholder: text('What stands in the empty field.'),
      mandatory: truth('Whether it must be filled in.'),
      trigger_on_change: truth('Whether a change calls the change handler.'),
    },
    ['type', 'name'],
  ),
  additionalProperties: true,
};

const form = mapping(
  'A form for the operator.',
  {
    type: type('form'),
    name: text('The name of the form.'),
    title: text('The heading.'),
    hint: text('What explains it.'),
    button_label: text('What stands on the button.'),
    // The page calls it a text of 50 characters that says yes or no.
    trigger_on_cancel: looseTruth('Whether cancelling calls the form controller.'),
    mandatory: truth('Whether it must be filled in.'),
    placeholder: text('What stands in an empty field.'),
    inputs: { type: 'array', minItems: 1, maxItems: 25, items: reference('input'), description: 'The fields, 25 at most.' },
    action: mapping(
      'What is called with the values.',
      { type: { const: 'invoke.function', description: 'The only word: invoke.function.' }, name: text('The name of the form controller.') },
      ['type', 'name'],
    ),
    pending,
  },
  ['type', 'inputs', 'action'],
);

const answers: Readonly<Record<string, readonly string[]>> = {
  banner: ['banner'],
  sections_edit: ['sections_edit', 'section_edit'],
  widget_modification: ['widget_modification'],
  form: ['form'],
};

/** The body of `widgetresponse`: what ends a pending action of a widget or a form controller. */
export const widgetResponseSchema: Schema = {
  $schema: dialect,
  title: 'The answer to a pending action of a widget',
  type: 'object',
  properties: { type: { type: 'string', enum: Object.values(answers).flat(), description: 'What kind of answer it is.' } },
  required: ['type'],
  allOf: Object.entries(answers).map(([name, words]) => ({
    if: { type: 'object', properties: { type: { enum: words } }, required: ['type'] },
    then: reference(name),
  })),
  $defs: { banner, sections_edit: sectionsEdit, widget_modification: widgetModification, form, modification, input, ...sectionDefinitions },
};

/** The body of `progress`. */
export const progressSchema: Schema = {
  $schema: dialect,
  title: 'An interim message to the visitor',
  ...mapping('Sent while an action of a bot is pending.', { text: { ...text('What the visitor reads.'), minLength: 1 } }, ['text']),
};

/** The body of `response`: whatever a handler of a bot may return, so only its form is looked at. */
export const botResponseSchema: Schema = {
  $schema: dialect,
  title: 'The answer to a pending action of a bot',
  type: 'object',
  description: 'Any value that a handler of a bot may return, such as action: reply with replies.',
  properties: {
    action: text('What the bot does, such as reply.'),
    replies: { type: 'array', description: 'The messages.', items: {} },
  },
  minProperties: 1,
};

/** All of them, by the name of the body. */
export const bodySchemas = { 'widget-response': widgetResponseSchema, progress: progressSchema, 'bot-response': botResponseSchema } as const;
