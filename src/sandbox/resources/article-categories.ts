/** Categories of articles (platform-and-people.md 5.2): counted from 0 on, with a number of articles in lists only. */
import type { ArticleCategory } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { limitOf, rowsFrom } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, flag, optional, type Spot, text } from '../spot.ts';
import { type PortalState, takeId } from '../state.ts';
import { nameOf, onlyName, withDefault, withoutCategory } from './categories.ts';

/** Outside of the counter, so that it takes no id from what is seeded. */
const general: ArticleCategory = { id: '44000000000000019', name: 'General', is_default: true };

/** Every sample carries the order 1. */
const show = (row: ArticleCategory, call: Call): { readonly [key: string]: Json } => ({
  id: idAs(call, 'string', row.id),
  name: row.name,
  is_default: String(row.is_default),
  order: '1',
});

const answer = (kind: Reply['kind'], row: ArticleCategory, call: Call): Reply => ({
  kind,
  object: 'articlecategory',
  id: row.id,
  data: print(show(row, call)),
});

const categoryOf = (call: Call): ArticleCategory => call.state.article_categories.find((row) => row.id === call.param('id')) ?? refuse(1019);

const list = (call: Call): Reply => {
  const count = (row: ArticleCategory): number => call.listed.articles.filter((article) => article.category_id === row.id).length;
  const rows = rowsFrom(call.listed.article_categories, call, limitOf(call, 20, 99), 0, call.switches['paging-index']);
  return { kind: 'list', object: 'articlecategories', data: print(rows.map((row) => ({ ...show(row, call), articles_count: count(row) }))) };
};

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const row: ArticleCategory = { id: taken.id, name: nameOf(child(call.body, 'name')), is_default: false };
  onlyName(row, call.state.article_categories, call);
  return { ...answer('create', row, call), state: { ...taken.state, article_categories: [...call.state.article_categories, row] } };
};

const update = (call: Call): Reply => {
  const row = { ...categoryOf(call), name: nameOf(child(call.body, 'name')) };
  onlyName(row, call.state.article_categories, call);
  const rows = call.state.article_categories.map((other) => (other.id === row.id ? row : other));
  return { ...answer('update', row, call), state: { ...call.state, article_categories: rows } };
};

const remove = (call: Call): Reply => {
  const gone = categoryOf(call);
  const { rows, heir } = withoutCategory(call.state.article_categories, gone, call);
  const articles = call.state.articles.map((row) => (row.category_id === gone.id ? { ...row, category_id: heir } : row));
  return { ...answer('delete', gone, call), state: { ...call.state, article_categories: rows, articles } };
};

export const articleCategoryRoutes: readonly Route[] = [
  { method: 'GET', path: 'articlecategories', scope: 'articles.READ', run: list },
  { method: 'POST', path: 'articlecategories', scope: 'articles.CREATE', body: 'json', run: create },
  { method: 'GET', path: 'articlecategories/:id', scope: 'articles.READ', run: (call) => answer('fixed', categoryOf(call), call) },
  { method: 'PUT', path: 'articlecategories/:id', scope: 'articles.UPDATE', body: 'json', run: update },
  { method: 'DELETE', path: 'articlecategories/:id', scope: 'articles.DELETE', run: remove },
];

export const loadArticleCategories = (seed: Spot, state: PortalState): PortalState => {
  let at = state;
  const rows = seedList(child(seed, 'article_categories')).map((entry): ArticleCategory => {
    knownKeys(entry, ['id', 'name', 'is_default']);
    const taken = freshId(entry, at);
    at = taken.state;
    return { id: taken.id, name: text(child(entry, 'name')), is_default: optional(child(entry, 'is_default'), flag, false) };
  });
  return { ...at, article_categories: withDefault(rows, general) };
};
