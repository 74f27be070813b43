/** Articles (platform-and-people.md 5.1): named by the word for many, also where it is one. */
import type { Article } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { pageOf, sortedBy } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Section } from '../route.ts';
import { departmentNamed, freshId, knownKeys, named, seedList } from '../seed-entry.ts';
import { child, flag, has, id, isAbsent, optional, type Spot, text } from '../spot.ts';
import { type PortalState, takeId } from '../state.ts';
import { articleCategoryRoutes, loadArticleCategories } from './article-categories.ts';
import { nameOf } from './categories.ts';
import { changedStamps, newStamps, seededStamps, showPerson, stampKeys } from './stamps.ts';

const mandatory = ['category_id', 'title', 'content', 'department_id', 'published'];

const show = (row: Article, call: Call): { readonly [key: string]: Json } => ({
  modified_time: row.modified_time,
  category: {
    name: call.state.article_categories.find((known) => known.id === row.category_id)?.name ?? '',
    id: idAs(call, 'string', row.category_id),
  },
  id: idAs(call, 'string', row.id),
  modifier: showPerson(row.modifier_id, call),
  creator: showPerson(row.creator_id, call),
  stats: row.stats,
  content: row.content,
  enabled: row.enabled,
  published: row.published,
  department_id: idAs(call, 'string', row.department_id),
  title: row.title,
  created_time: row.created_time,
});

const showInList = (row: Article, call: Call): Json => {
  const { content, ...rest } = show(row, call);
  return call.switches['list-articles'] === 'whole' ? { ...rest, content } : rest;
};

const answer = (kind: Reply['kind'], row: Article, call: Call): Reply => ({ kind, object: 'articles', id: row.id, data: print(show(row, call)) });

const articleOf = (call: Call): Article => call.state.articles.find((row) => row.id === call.param('id')) ?? refuse(1019);

const list = (call: Call): Reply => {
  const mode = call.query('mode');
  if (mode !== undefined && mode !== 'publish' && mode !== 'draft') refuse(1011, { param: 'mode' });
  const shown = call.listed.articles
    .filter((row) => mode === undefined || row.published === (mode === 'publish'))
    .filter((row) => row.department_id === (call.query('department_id') ?? row.department_id))
    .filter((row) => row.category_id === (call.query('category_id') ?? row.category_id));
  const rows = sortedBy(shown, call, {
    views: (row) => Number(row.stats.viewed),
    likes: (row) => Number(row.stats.liked),
    dislikes: (row) => Number(row.stats.disliked),
    used: (row) => Number(row.stats.used),
  });
  return { kind: 'list', object: 'list', data: print(pageOf(rows, call, 10, 99).map((row) => showInList(row, call))) };
};

type Settings = Pick<Article, 'title' | 'content' | 'department_id' | 'category_id' | 'published' | 'enabled'>;

const blank = (row: Settings): Settings => ({ ...row, published: false, enabled: true });

const readDepartment = (spot: Spot, state: PortalState): string => {
  const wanted = id(spot);
  return state.departments.some((row) => row.id === wanted) ? wanted : refuse(1025, { json_key: spot.path });
};

const readCategory = (spot: Spot, state: PortalState): string => {
  const wanted = id(spot);
  return state.article_categories.some((row) => row.id === wanted) ? wanted : refuse(1019, { json_key: spot.path });
};

const settings = (call: Call, before: Settings): Settings => ({
  title: optional(child(call.body, 'title'), nameOf, before.title),
  content: optional(child(call.body, 'content'), text, before.content),
  department_id: optional(child(call.body, 'department_id'), (spot) => readDepartment(spot, call.state), before.department_id),
  category_id: optional(child(call.body, 'category_id'), (spot) => readCategory(spot, call.state), before.category_id),
  published: optional(child(call.body, 'published'), flag, before.published),
  enabled: optional(child(call.body, 'enabled'), flag, before.enabled),
});

const onlyTitle = (row: Article, call: Call): void => {
  const same = (other: Article): boolean => other.category_id === row.category_id && other.title.toLowerCase() === row.title.toLowerCase();
  if (call.switches['article-titles'] === 'unique' && call.state.articles.some((other) => other.id !== row.id && same(other)))
    refuse(1014, { json_key: 'title' });
};

const create = (call: Call): Reply => {
  for (const key of mandatory) if (!has(call.body, key)) refuse(1015, { json_key: key });
  const taken = takeId(call.state);
  const given = settings(call, { title: '', content: '', department_id: '', category_id: '', published: false, enabled: true });
  const row: Article = {
    id: taken.id,
    ...given,
    enabled: call.switches['create-extras'] === 'honoured' ? given.enabled : true,
    stats: { viewed: '0', used: '0', liked: '0', disliked: '0' },
    ...newStamps(call),
  };
  onlyTitle(row, call);
  return { ...answer('create', row, call), state: { ...taken.state, articles: [...call.state.articles, row] } };
};

/** A replacing update keeps title, content, department and category, which an article cannot be without. */
const update = (call: Call): Reply => {
  const before = articleOf(call);
  const given = settings(call, call.switches['put-details'] === 'replacing' ? blank(before) : before);
  const row: Article = { ...before, ...given, ...changedStamps(call) };
  onlyTitle(row, call);
  return { ...answer('update', row, call), state: { ...call.state, articles: call.state.articles.map((other) => (other.id === row.id ? row : other)) } };
};

const remove = (call: Call): Reply => {
  const row = articleOf(call);
  return { ...answer('delete', row, call), state: { ...call.state, articles: call.state.articles.filter((other) => other.id !== row.id) } };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = loadArticleCategories(seed, state);
  const rows = seedList(child(seed, 'articles')).map((entry): Article => {
    knownKeys(entry, [...['id', 'title', 'content', 'department', 'department_id', 'category', 'category_id', 'published', 'enabled', 'stats'], ...stampKeys]);
    const taken = freshId(entry, at);
    at = taken.state;
    return {
      id: taken.id,
      title: text(child(entry, 'title')),
      content: optional(child(entry, 'content'), text, ''),
      department_id: seededDepartment(entry, at),
      category_id: seededCategory(entry, at),
      published: optional(child(entry, 'published'), flag, true),
      enabled: optional(child(entry, 'enabled'), flag, true),
      stats: seededStats(child(entry, 'stats')),
      ...seededStamps(entry, birth),
    };
  });
  return { ...at, articles: rows };
};

/** The first department, and the default category, where none is named. */
const seededDepartment = (entry: Spot, state: PortalState): string => {
  const name = child(entry, 'department');
  return isAbsent(name) ? optional(child(entry, 'department_id'), id, state.departments[0]?.id ?? '') : departmentNamed(name, state);
};

const seededCategory = (entry: Spot, state: PortalState): string => {
  const usual = state.article_categories.find((row) => row.is_default)?.id ?? '';
  const labels = state.article_categories.map((row) => ({ id: row.id, label: row.name }));
  return optional(child(entry, 'category'), (spot) => named(spot, labels, 'category of articles'), optional(child(entry, 'category_id'), id, usual));
};

const seededStats = (spot: Spot): Article['stats'] => {
  const count = (key: string): string => optional(child(spot, key), id, '0');
  return { viewed: count('viewed'), used: count('used'), liked: count('liked'), disliked: count('disliked') };
};

export const articles: Section = {
  keys: ['article_categories', 'articles'],
  routes: [
    { method: 'GET', path: 'articles', scope: 'articles.READ', run: list },
    { method: 'POST', path: 'articles', scope: 'articles.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'articles/:id', scope: 'articles.READ', run: (call) => answer('fixed', articleOf(call), call) },
    { method: 'PUT', path: 'articles/:id', scope: 'articles.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'articles/:id', scope: 'articles.DELETE', run: remove },
    ...articleCategoryRoutes,
  ],
  load,
};
