/** The keys of a webhook (webhooks-and-more.md 2.2): the oldest one signs; texts are made when one is needed. */
import { pairBeside } from '../key-pairs.ts';
import { ownerOf, type PortalState, type PublicKey, type Webhook } from '../state.ts';

/** A key without a text as yet. Its id is the time at which it was made, as in the samples, and unique in its webhook. */
export const freshKey = (state: PortalState, now: number, others: readonly PublicKey[]): PublicKey => ({
  id: String(Math.max(now, ...others.map((key) => Number(key.id) + 1))),
  key: '',
  private_key: '',
  creator_id: ownerOf(state),
  created_time: String(now),
});

const keysOf = (state: PortalState): ReadonlySet<string> => new Set(state.webhooks.flatMap((row) => row.public_keys.map(({ key }) => key)));

/** The key with its text; one whose private half is not known gets a new text. */
export const madeKey = (key: PublicKey, state: PortalState): PublicKey => (key.private_key === '' ? { ...key, ...pairBeside(keysOf(state)) } : key);

/** The state in which every key has its text. */
export const withEveryKey = (state: PortalState): PortalState =>
  state.webhooks.every((row) => row.public_keys.every((key) => key.private_key !== ''))
    ? state
    : state.webhooks.reduce<PortalState>(
        (at, row) => row.public_keys.reduce<PortalState>((within, key) => putKey(within, row.id, madeKey(key, within)), at),
        state,
      );

const putKey = (state: PortalState, webhook: string, key: PublicKey): PortalState => ({
  ...state,
  webhooks: state.webhooks.map((row) =>
    row.id === webhook ? { ...row, public_keys: row.public_keys.map((other) => (other.id === key.id ? key : other)) } : row,
  ),
});

/** The key that signs, with its private half, and the state that holds it. */
export const signingKey = (row: Webhook, state: PortalState): { readonly key: PublicKey | undefined; readonly state: PortalState } => {
  const [oldest] = row.public_keys;
  if (oldest === undefined) return { key: undefined, state };
  const key = madeKey(oldest, state);
  return { key, state: key === oldest ? state : putKey(state, row.id, key) };
};
