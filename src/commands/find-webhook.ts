/** The webhook that somebody names, by its address or its id. */
import type { SalesIQClient } from '../api/index.ts';
import { someOf, UserError } from '../model/index.ts';
import { type WebhookRow, webhookRow } from '../webhooks/index.ts';
import { understood } from './with-client.ts';

export const webhookTypes = ['data', 'administration'] as const;

export type WebhookType = (typeof webhookTypes)[number];

/** All webhooks of these types, each once: whether the service heeds the type is not certain. */
export const readWebhooks = async (client: SalesIQClient, types: readonly WebhookType[]): Promise<readonly WebhookRow[]> => {
  const rows: WebhookRow[] = [];
  for (const type of types) {
    const list = await client.webhooks.list.all({ query: { type } });
    for (const value of list) {
      const row = understood({ method: 'GET', path: '/webhooks' }, () => webhookRow(value));
      if (!rows.some(({ id }) => id === row.id)) rows.push({ ...row, type: row.type === '' ? type : row.type });
    }
  }
  return rows.filter(({ type }) => types.some((one) => one === type));
};

/** The one webhook with this address or id, in full. Throws UserError where there is none, or several. */
export const findWebhook = async (client: SalesIQClient, named: string): Promise<WebhookRow> => {
  const rows = await readWebhooks(client, webhookTypes);
  const found = rows.filter(({ id, url }) => id === named || url === named);
  const [only, second] = found;
  if (only === undefined)
    throw new UserError(`there is no webhook ${named}`, {
      hint: rows.length === 0 ? 'The portal has no webhooks.' : `There are ${someOf(rows.map(({ url }) => url))}.`,
    });
  if (second !== undefined)
    throw new UserError(`${named} is the address of ${found.length} webhooks`, {
      hint: `Name one by its id: ${found.map(({ id, type }) => `${id} (${type})`).join(', ')}.`,
    });
  const { data } = await client.webhooks.get(only.id);
  const whole = understood({ method: 'GET', path: `/webhooks/${only.id}` }, () => webhookRow(data));
  return { ...whole, type: whole.type === '' ? only.type : whole.type };
};
