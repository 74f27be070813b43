/** How often scores of inactive visitors are cut down. Read and written at different paths (rules.md 3.4). */
import { isObject, type Kind, ShapeError } from '../model/index.ts';
import { textAt } from './read.ts';
import { mapping, openWord } from './schema.ts';
import { decayFrequencies } from './vocabulary.ts';

export const leadScoreDecay: Kind = {
  name: 'lead_score_decay',
  title: 'lead score decay',
  doc: 'How often the scores of inactive visitors are cut down.',
  source: 'rules.md 3.4',
  scopes: { read: ['SalesIQ.leadscoreconfigs.READ'], write: ['SalesIQ.leadscoreconfigs.UPDATE'] },
  shape: 'singleton',
  schema: mapping(
    'How often scores are cut down.',
    { frequency: openWord('How often. Only the word yearly has been seen; the other six choices are known by their labels alone.', decayFrequencies) },
    ['frequency'],
  ),
  identity: { by: 'fields', fields: [], inApp: false },
  refs: [],
  manages: ['update'],
  needs: [],
  vocabulary: [{ path: 'frequency', what: 'frequency', known: decayFrequencies }],
  cleared: {},
  normalise: (written) => written,
  lists: [
    {
      path: '/leadscoreconfigs',
      items: (data) => {
        if (!isObject(data)) throw new ShapeError('data should be a mapping');
        return [data];
      },
    },
  ],
  fromApi: (raw) => ({ id: 'timerange', key: '', spec: { frequency: textAt(raw, 'frequency') } }),
  requests: {
    update: (_id, spec) => ({ method: 'PUT', path: '/leadscoreconfigs/timerange', body: { frequency: textAt(spec, 'frequency') } }),
  },
};
