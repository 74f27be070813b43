/**
 * Tags on records (webhooks-and-more.md 12). Contacts and companies are not
 * served, so any id is a record of theirs; one without tags is not kept.
 * Putting on answers `tag_ids_list`, taking off `tags_ids_list`.
 */
import type { Tag, Tagged } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { listQuery } from '../paging.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { knownKeys, named, seedList } from '../seed-entry.ts';
import { child, elements, id, ids, oneOf, optional, type Spot, texts } from '../spot.ts';
import type { PortalState } from '../state.ts';
import { tagModules } from './tag-modules.ts';

type ShowTag = (tag: Tag, call: Call) => Json;

const tagsOn = (state: PortalState, module: string, record: string): readonly string[] =>
  state.tagged.find((row) => row.module === module && row.record_id === record)?.tag_ids ?? [];

const withTags = (state: PortalState, module: string, record: string, wanted: readonly string[]): PortalState => {
  const others = state.tagged.filter((row) => row.module !== module || row.record_id !== record);
  return { ...state, tagged: wanted.length === 0 ? others : [...others, { module, record_id: record, tag_ids: [...wanted] }] };
};

const rowsOf = (state: PortalState, wanted: readonly string[]): readonly Tag[] => wanted.flatMap((known) => state.tags.find((tag) => tag.id === known) ?? []);

/** Conversations must be there; the others are not served. */
const checkRecord = (module: string, call: Call): void => {
  if (module === 'conversations' && !call.state.conversations.some((row) => row.id === call.param('id'))) refuse(1019);
};

/** Tags that are unknown, archived or of another module fail, the others are put on all the same. */
const add = (module: string, show: ShowTag, call: Call): Reply => {
  checkRecord(module, call);
  const wanted = ids(child(call.body, 'ids'));
  if (wanted.length === 0) refuse(1015, { json_key: 'ids' });
  const fits = (known: string): boolean => call.state.tags.some((tag) => tag.id === known && tag.module === module && !tag.archived);
  const all = [...new Set([...tagsOn(call.state, module, call.param('id')), ...wanted.filter(fits)])];
  return {
    kind: 'fixed',
    object: 'tag_ids_list',
    data: print({ failed_tag_ids: wanted.filter((known) => !fits(known)), associated_tags: rowsOf(call.state, all).map((tag) => show(tag, call)) }),
    state: withTags(call.state, module, call.param('id'), all),
  };
};

const remove = (module: string, show: ShowTag, call: Call): Reply => {
  checkRecord(module, call);
  const leaving = listQuery(call, 'id');
  const present = tagsOn(call.state, module, call.param('id'));
  if (!leaving.every((known) => present.includes(known))) refuse(1019, { param: 'id' });
  const rest = present.filter((known) => !leaving.includes(known));
  return {
    kind: 'fixed',
    object: 'tags_ids_list',
    data: print(rowsOf(call.state, rest).map((tag) => show(tag, call))),
    state: withTags(call.state, module, call.param('id'), rest),
  };
};

/** No scope of contacts is named; that of visitors is likely. */
export const recordTagRoutes = (show: ShowTag): readonly Route[] =>
  tagModules.flatMap((module): readonly Route[] => {
    const stem = module === 'contacts' ? 'visitors' : module;
    return [
      { method: 'PUT', path: `${module}/:id/tags`, scope: `${stem}.UPDATE`, body: 'json', run: (call) => add(module, show, call) },
      { method: 'DELETE', path: `${module}/:id/tags`, scope: `${stem}.DELETE`, run: (call) => remove(module, show, call) },
    ];
  });

/** `tagged` of a seed: records with the names of their tags. */
export const loadTagged = (seed: Spot, state: PortalState): PortalState => ({
  ...state,
  tagged: seedList(child(seed, 'tagged')).map((entry): Tagged => {
    knownKeys(entry, ['module', 'record_id', 'tags', 'tag_ids']);
    const module = optional(child(entry, 'module'), (spot) => oneOf(spot, tagModules), 'conversations');
    const labels = state.tags.filter((tag) => tag.module === module).map((tag) => ({ id: tag.id, label: tag.name }));
    return {
      module,
      record_id: id(child(entry, 'record_id')),
      tag_ids: [
        ...optional(child(entry, 'tag_ids'), texts, []),
        ...optional(child(entry, 'tags'), (spot) => elements(spot).map((name) => named(name, labels, `tag of ${module}`)), []),
      ],
    };
  }),
});
