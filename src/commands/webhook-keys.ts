/**
 * `webhooks keys`: a webhook has one key or two, and the oldest signs
 * (webhooks-and-more.md 2.3, 6 and 7). A rotation makes the second, gives
 * receivers time to take it in, and removes the first; wherever it stops,
 * deliveries are signed with a key that is known.
 */
import { writeFile } from 'node:fs/promises';
import type { SalesIQClient } from '../api/index.ts';
import { ServiceError, UserError } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { publicKeyPem, type WebhookKey, type WebhookRow, webhookRow } from '../webhooks/index.ts';
import { findWebhook } from './find-webhook.ts';
import { agreedTo, type OperationOptions, show } from './one-portal.ts';
import type { ServiceOptions } from './options.ts';
import { tableText } from './table.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { timeText } from './webhooks.ts';
import { understood, withClient } from './with-client.ts';

const removal = (row: WebhookRow, key: WebhookKey): string => `salesiq-sync webhooks keys delete ${row.id} ${key.id}`;

export const runKeysList = async (named: string, options: ServiceOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const { id, url, keys } = await findWebhook(client, named);
    const rows = keys.map((key, index) => [key.id, timeText(key.created), index === 0 ? 'signs' : 'waits']);
    show(options, terminal, {
      json: {
        portal: portal.name,
        webhook: { id, url },
        public_keys: keys.map((key, index) => ({ id: key.id, created_time: key.created, signs: index === 0 })),
      },
      text: tableText(['ID', 'MADE', 'USE'], rows),
    });
    return exitCodes.done;
  });

/** Removes one key. Throws UserError for a key that is not there, or is the only one. */
export const runKeysDelete = async (named: string, keyId: string, options: OperationOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const row = await findWebhook(client, named);
    const key = row.keys.find(({ id }) => id === keyId);
    if (key === undefined) throw new UserError(`the webhook has no key ${keyId}`, { hint: `It has ${row.keys.map(({ id }) => id).join(', ')}.` });
    if (row.keys.length === 1)
      throw new UserError(`${keyId} is the only key of the webhook, and one must remain`, { hint: 'webhooks keys rotate makes a new one first.' });
    const use = key === row.keys[0] ? 'the one that signs' : 'which does not sign yet';
    if (!(await agreedTo(`Remove key ${key.id}, ${use}?`, options, terminal))) return exitCodes.failed;
    await client.webhooks.keys.delete(row.id, key.id);
    show(options, terminal, { json: { portal: portal.name, webhook: row.id, removed: key.id }, text: `Removed key ${escapeText(key.id)}.` });
    return exitCodes.done;
  });

export interface RotateOptions extends OperationOptions {
  /** How long receivers get to take in the new key; absent: it is asked. */
  readonly waitSeconds?: number;
  /** Where the new key goes besides standard output. */
  readonly out?: string;
}

const checkBefore = (row: WebhookRow, options: RotateOptions, terminal: Terminal): WebhookKey => {
  const [oldest, second] = row.keys;
  if (oldest === undefined)
    throw new UserError('the webhook has no key that could be replaced', { hint: 'Make one: salesiq-sync api POST webhooks.keys.create ID.' });
  if (second !== undefined)
    throw new UserError(`the webhook has two keys already, ${oldest.id} and ${second.id}, and the service keeps no third`, {
      hint: `A rotation may have stopped half-way. Once receivers accept ${second.id}, remove the oldest: ${removal(row, oldest)}`,
    });
  if (options.waitSeconds === undefined && terminal.confirm === undefined)
    throw new UserError('nobody is there to say when receivers accept the new key', { hint: 'Give them time with --wait 10m.' });
  return oldest;
};

const makeKey = async (client: SalesIQClient, row: WebhookRow): Promise<WebhookKey> => {
  const path = `/webhooks/${row.id}/keys`;
  const { data } = await client.webhooks.keys.create(row.id).catch((error: unknown) => {
    if (!(error instanceof ServiceError) || !error.unclear) throw error;
    throw new ServiceError(error.message, {
      method: error.method,
      path: error.path,
      unclear: true,
      hint: `The key may have been made: look with salesiq-sync webhooks keys list ${row.id}. Its text is told once only, so remove it and rotate anew.`,
      cause: error,
    });
  });
  const made = understood({ method: 'POST', path }, () => webhookRow(data)).keys.find(({ id }) => row.keys.every((key) => key.id !== id));
  if (made === undefined || made.text === '')
    throw new ServiceError('the answer holds no new key', {
      method: 'POST',
      path,
      hint: `Nothing was removed. salesiq-sync webhooks keys list ${row.id} shows which keys there are.`,
    });
  return made;
};

/** The text is told once only, so it is out before anything else is done. */
const showKey = async ({ text }: WebhookKey, options: RotateOptions, terminal: Terminal): Promise<string> => {
  const pem = publicKeyPem(text) ?? `${text}\n`;
  const lines = pem.split('\n').map(escapeText).join('\n');
  if (options.format === 'json') terminal.say(lines);
  else terminal.print(lines);
  if (options.out !== undefined)
    await writeFile(options.out, pem).catch((error: unknown) =>
      terminal.say(`The key could not be written to ${escapeText(options.out ?? '')}: ${error instanceof Error ? error.message : String(error)}`),
    );
  return pem;
};

/** Whether receivers are ready: after the time that they were given, or when somebody says so. */
const receiversReady = async ({ waitSeconds }: RotateOptions, oldest: WebhookKey, terminal: Terminal): Promise<boolean> => {
  if (waitSeconds === undefined)
    return terminal.confirm === undefined ? false : terminal.confirm(`Do all receivers accept the new key? Then ${oldest.id} is removed.`);
  if (waitSeconds > 0) {
    if (terminal.pause === undefined) terminal.say(`Waiting ${waitSeconds} s: receivers take in the new key`);
    else terminal.pause('receivers take in the new key', waitSeconds);
    await terminal.sleep(waitSeconds * 1000);
    terminal.progress('Removing the oldest key');
  }
  return !terminal.signal.aborted;
};

/**
 * Replaces the key that signs. Stops with exit 4, and says how to go on, where
 * the new key is made and the old one stays. Throws UserError before anything
 * is made, where it cannot be brought to its end.
 */
export const runKeysRotate = async (named: string, options: RotateOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const row = await findWebhook(client, named);
    const oldest = checkBefore(row, options, terminal);
    if (!(await agreedTo(`Make a second key for ${row.url}?`, options, terminal))) return exitCodes.failed;
    const made = await makeKey(client, row);
    const pem = await showKey(made, options, terminal);
    const document = { portal: portal.name, webhook: { id: row.id, url: row.url }, key: { id: made.id, pem } };
    const goOn = `Both keys are there, and ${oldest.id} signs. Once receivers accept ${made.id}: ${removal(row, oldest)}`;
    const stopAt = (why: string): void => {
      if (options.format === 'json') show(options, terminal, { json: { ...document, removed: null }, text: '' });
      terminal.say(escapeText(`${why} ${goOn}`));
    };
    terminal.say(escapeText(`This is key ${made.id}. Let receivers accept it beside ${oldest.id}, which signs until it is removed.`));
    if (!(await receiversReady(options, oldest, terminal))) {
      stopAt('Stopped.');
      return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.partial;
    }
    try {
      await client.webhooks.keys.delete(row.id, oldest.id);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      stopAt(`The oldest key could not be removed: ${error.message}.`);
      return exitCodes.partial;
    }
    show(options, terminal, {
      json: { ...document, removed: oldest.id },
      text: `Removed key ${escapeText(oldest.id)}. From now on ${escapeText(made.id)} signs.`,
    });
    return exitCodes.done;
  });
