/** Bots are read so that names resolve; the service documents no call that changes them. */
import type { Kind } from '../model/index.ts';
import { dataList, idAt, switchOrNone, textAt } from './read.ts';

export const bots: Kind = {
  name: 'bots',
  title: 'bot',
  doc: 'Bots, for references.',
  source: 'platform-and-people.md 7.1',
  scopes: { read: ['SalesIQ.bots.READ'], write: [] },
  shape: 'list',
  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [],
  manages: [],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => written,
  lists: [{ path: '/bots', paging: { by: 'index', first: 1, size: 1000, usual: 1000 }, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return { id: idAt(raw, 'id'), key: name, spec: { name }, ...(switchOrNone(raw, 'deleted') === true ? { retired: true } : {}) };
  },
  requests: {},
};
