/** Kinds that are read so that names resolve: apps, departments and operators. */
import { isList, type Json, type Kind, ShapeError } from '../model/index.ts';
import { idAt, textAt } from './read.ts';

const dataList = (data: Json): readonly Json[] => {
  if (!isList(data)) throw new ShapeError('data should be a list');
  return data;
};

const reference = {
  shape: 'list',
  refs: [],
  manages: [],
  needs: [],
  vocabulary: [],
  cleared: {},
  requests: {},
  normalise: (written) => written,
} satisfies Partial<Kind>;

export const apps: Kind = {
  ...reference,
  name: 'apps',
  title: 'app',
  doc: 'Apps (brands) that rules and webhooks belong to.',
  source: 'webhooks-and-more.md 5',
  scopes: { read: ['SalesIQ.apps.READ'], write: [] },
  identity: { by: 'fields', fields: ['name'], inApp: false },
  lists: [{ path: '/apps', items: dataList }],
  fromApi: (raw) => ({ id: idAt(raw, 'id'), key: textAt(raw, 'name'), spec: { name: textAt(raw, 'name') } }),
};

export const departments: Kind = {
  ...reference,
  name: 'departments',
  title: 'department',
  doc: 'Departments that rules route to.',
  source: 'platform-and-people.md 4',
  scopes: { read: ['SalesIQ.departments.READ'], write: [] },
  identity: { by: 'fields', fields: ['name'], inApp: false },
  lists: [{ path: '/departments', paging: { by: 'index', first: 1, usual: 20 }, items: dataList }],
  fromApi: (raw) => ({ id: idAt(raw, 'id'), key: textAt(raw, 'name'), spec: { name: textAt(raw, 'name') } }),
};

/** Known by e-mail address, in small letters. `is_deleted` hints at entries that stay listed after deletion (platform-and-people.md 2.1). */
export const operators: Kind = {
  ...reference,
  name: 'operators',
  title: 'operator',
  doc: 'Operators that rules route to.',
  source: 'platform-and-people.md 2',
  scopes: { read: ['SalesIQ.operators.READ'], write: [] },
  identity: { by: 'fields', fields: ['email'], inApp: false },
  lists: [{ path: '/operators', paging: { by: 'index', first: 1, usual: 20 }, items: dataList }],
  fromApi: (raw) => {
    const email = textAt(raw, 'email_id').toLowerCase();
    return { id: idAt(raw, 'id'), key: email, spec: { email }, retired: String(raw['is_deleted']) === 'true' };
  },
};
