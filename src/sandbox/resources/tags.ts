/** Tags: list, create, update, archive, delete (webhooks-and-more.md 12). Tags on records are in record-tags.ts. */
import type { Tag } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, complain, flag, id, oneOf, optional, type Spot, text } from '../spot.ts';
import { ownerOf, type PortalState, takeId } from '../state.ts';
import { loadTagged, recordTagRoutes } from './record-tags.ts';
import { nameOfOperator } from './stamps.ts';
import { tagModules } from './tag-modules.ts';

export const showTag = (tag: Tag, call: Call): Json => ({
  id: idAs(call, 'string', tag.id),
  name: tag.name,
  color: tag.color,
  module: tag.module,
  archived: tag.archived,
  status: tag.archived ? call.switches['archived-status'] : 'unarchived',
  modified_time: tag.modified_time,
  modifier: { name: nameOfOperator(tag.modifier_id, call), modified_time: tag.modified_time, id: idAs(call, 'string', tag.modifier_id) },
});

const answer = (kind: Reply['kind'], tag: Tag, call: Call): Reply => ({ kind, object: 'tags_config', id: tag.id, data: print(showTag(tag, call)) });

const tagOf = (call: Call): Tag => call.state.tags.find((tag) => tag.id === call.param('id')) ?? refuse(1019);

const onlyName = (tag: Tag, call: Call): void => {
  const same = (other: Tag): boolean => other.module === tag.module && other.name.toLowerCase() === tag.name.toLowerCase();
  if (call.switches['names-unique'] === 'yes' && call.state.tags.some((other) => other.id !== tag.id && same(other))) refuse(1014, { json_key: 'name' });
};

const filled = (spot: Spot): string => (text(spot).trim() === '' ? complain(spot, 'value', 'must not be empty') : text(spot));

/** All samples have `#` and six hexadecimal digits; that nothing else is a colour is not said. */
const color = (spot: Spot, call: Call): string => {
  const value = text(spot);
  if (call.switches.vocabulary === 'strict' && !/^#[0-9a-fA-F]{6}$/.test(value)) return complain(spot, 'value', 'must be # and six hexadecimal digits');
  return call.switches['tag-color'] === 'kept' ? value : value.toLowerCase();
};

const list = (call: Call): Reply => {
  const module = call.query('module');
  if (module !== undefined && !tagModules.includes(module)) refuse(1011, { param: 'module' });
  const rows = call.listed.tags
    .filter((tag) => module === undefined || tag.module === module)
    .filter((tag) => !tag.archived || call.switches['archived-tags'] === 'listed');
  return { kind: 'list', object: 'tags_list', data: print(rows.map((tag) => showTag(tag, call))) };
};

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const tag: Tag = {
    id: taken.id,
    name: filled(child(call.body, 'name')),
    color: color(child(call.body, 'color'), call),
    module: oneOf(child(call.body, 'module'), tagModules),
    archived: false,
    modifier_id: ownerOf(call.state),
    modified_time: String(call.now),
  };
  onlyName(tag, call);
  return { ...answer('create', tag, call), state: { ...taken.state, tags: [...call.state.tags, tag] } };
};

const changed = (kind: Reply['kind'], call: Call, change: (tag: Tag) => Tag): Reply => {
  const tag: Tag = { ...change(tagOf(call)), modifier_id: ownerOf(call.state), modified_time: String(call.now) };
  onlyName(tag, call);
  return { ...answer(kind, tag, call), state: { ...call.state, tags: call.state.tags.map((other) => (other.id === tag.id ? tag : other)) } };
};

const update = (call: Call): Reply =>
  changed('update', call, (tag) => ({
    ...tag,
    name: optional(child(call.body, 'name'), filled, tag.name),
    color: optional(child(call.body, 'color'), (spot) => color(spot, call), tag.color),
  }));

const remove = (call: Call): Reply => {
  const tag = tagOf(call);
  const tagged = call.state.tagged.map((record) => ({ ...record, tag_ids: record.tag_ids.filter((other) => other !== tag.id) }));
  const state = { ...call.state, tags: call.state.tags.filter((other) => other.id !== tag.id), tagged: tagged.filter(({ tag_ids }) => tag_ids.length > 0) };
  return { ...answer('delete', tag, call), state };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const tags = seedList(child(seed, 'tags')).map((entry): Tag => {
    knownKeys(entry, ['id', 'name', 'color', 'module', 'archived', 'modifier_id', 'modified_time']);
    const taken = freshId(entry, at);
    at = taken.state;
    return {
      id: taken.id,
      name: text(child(entry, 'name')),
      color: optional(child(entry, 'color'), text, '#ff9807'),
      module: optional(child(entry, 'module'), (spot) => oneOf(spot, tagModules), 'conversations'),
      archived: optional(child(entry, 'archived'), flag, false),
      modifier_id: optional(child(entry, 'modifier_id'), id, birth.ownerId),
      modified_time: optional(child(entry, 'modified_time'), id, birth.now),
    };
  });
  return loadTagged(seed, { ...at, tags });
};

export const tags: Section = {
  keys: ['tags', 'tagged'],
  routes: [
    { method: 'GET', path: 'tags', scope: 'tags.READ', run: list },
    { method: 'POST', path: 'tags', scope: 'tags.CREATE', body: 'json', run: create },
    { method: 'PUT', path: 'tags/:id', scope: 'tags.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'tags/:id', scope: 'tags.DELETE', run: remove },
    { method: 'POST', path: 'tags/:id/archives', scope: 'tags.CREATE', run: (call) => changed('fixed', call, (tag) => ({ ...tag, archived: true })) },
    {
      method: 'DELETE',
      path: 'tags/:id/archives',
      scope: 'tags.DELETE',
      run: (call) => (call.switches['tag-unarchive'] === 'present' ? changed('fixed', call, (tag) => ({ ...tag, archived: false })) : refuse(1004)),
    },
    ...recordTagRoutes(showTag),
  ],
  load,
};
