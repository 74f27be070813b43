/**
 * Intelligent triggers (rules.md 6). Ids, times, position and delay are texts
 * here, numbers in routing. An update sends all five documented keys, because
 * the page marks all five mandatory.
 */
import { isObject, type Json, type JsonObject, type Kind, type Schema } from '../model/index.ts';
import { criteriaSchema, lowerCase, normaliseWhen, whenFromApi, whenToApi } from './criteria.ts';
import { idAt, integerAt, listAt, objectAt, present, switchAt, textAt } from './read.ts';
import { anyText, clearable, flag, mapping, openWord, text, wholeNumber } from './schema.ts';
import { triggerActions, triggerEvents, triggerFields } from './vocabulary.ts';

const path = '/triggerrules';

/** Other keys than `type` pass as written: three of the four kinds of event and their parameters are not documented (rules.md 6.4). */
const eventSchema: Schema = {
  type: 'object',
  description: 'What sets it off. Keys beside `type` are passed on as written.',
  properties: { type: openWord('The kind of event.', triggerEvents) },
};

const actionSchema = mapping('What it does.', {
  type: openWord('The kind of action.', triggerActions),
  params: {
    type: 'object',
    description: 'What the action needs; keys that are not listed are passed on as written.',
    properties: { sender_name: anyText('Who the invitation comes from.'), value: anyText('The text of the message.') },
  },
  delay: clearable(wholeNumber('How long to wait before it; the service documents no unit (seconds, by its samples).', 0)),
});

/** A delay in its one form: a whole number where it is one. */
const delayOf = (value: Json | undefined): Json | undefined => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : (value ?? undefined));

const isNone = (value: Json | undefined): boolean => value === undefined || value === null;

const actionFromApi = (raw: JsonObject): JsonObject => {
  const { delay, ...rest } = raw;
  return present({ ...rest, params: isObject(rest['params']) ? rest['params'] : {}, delay: delayOf(delay) });
};

const actionToApi = (action: Json | undefined): Json => {
  if (!isObject(action)) return {};
  const delay = action['delay'];
  return present({ ...action, delay: delay === undefined || delay === null ? undefined : String(delay) });
};

const body = (spec: JsonObject, appId: string): JsonObject =>
  present({
    app_id: appId,
    title: textAt(spec, 'title'),
    and_criteria: whenToApi(spec['when'], lowerCase),
    event: spec['event'],
    action: actionToApi(spec['action']),
  });

export const triggerRules: Kind = {
  name: 'trigger_rules',
  title: 'trigger rule',
  doc: 'What the site does by itself for a visitor: invite to a chat, open the chat window, and so on.',
  source: 'rules.md 6',
  scopes: { read: ['SalesIQ.triggerrules.READ'], write: ['SalesIQ.triggerrules.CREATE', 'SalesIQ.triggerrules.UPDATE', 'SalesIQ.triggerrules.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One intelligent trigger.',
    {
      title: text('The name of the rule, unique within its app.'),
      app: text('The app (brand) it belongs to, by name.'),
      enabled: flag('Whether it is on. Default: true.'),
      when: criteriaSchema(triggerFields),
      event: eventSchema,
      action: actionSchema,
    },
    ['title', 'app'],
  ),

  identity: { by: 'fields', fields: ['title'], inApp: true },
  refs: [{ path: 'app', kind: 'apps' }],
  manages: ['create', 'update', 'delete', 'move'],
  needs: ['when', 'event', 'action'],

  order: { list: 'trigger_order', place: (id, position) => ({ method: 'PUT', path: `${path}/${id}`, body: { position: String(position) } }) },

  vocabulary: [
    { path: 'event.type', what: 'trigger event', known: triggerEvents },
    { path: 'action.type', what: 'trigger action', known: triggerActions },
  ],
  criteria: triggerFields,
  cleared: {},
  normalise: (written) =>
    present({
      ...written,
      when: written['when'] === undefined ? undefined : normaliseWhen(written['when']),
    }),

  lists: [{ path, items: (data) => listAt(isObject(data) ? data : {}, 'rule_list') }],
  fromApi: (raw, nameOf) => {
    const app = nameOf('apps', idAt(objectAt(raw, 'app'), 'id'));
    const title = textAt(raw, 'title');
    return {
      id: idAt(raw, 'id'),
      key: title,
      app,
      position: integerAt(raw, 'position'),
      // Only an update must bring event and action (rules.md 6.2): a rule that was made without them is one all the same.
      spec: present({
        title,
        app,
        enabled: switchAt(raw, 'enabled'),
        when: whenFromApi(raw, lowerCase),
        event: isNone(raw['event']) ? undefined : objectAt(raw, 'event'),
        action: isNone(raw['action']) ? undefined : actionFromApi(objectAt(raw, 'action')),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, idOf('apps', textAt(spec, 'app'))) }),
    update: (id, spec, _raw, idOf) => ({ method: 'PUT', path: `${path}/${id}`, body: body(spec, idOf('apps', textAt(spec, 'app'))) }),
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { enabled } })],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
