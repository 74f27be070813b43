/**
 * `webhooks failures`: deliveries that failed and were given up, for as long as
 * the webhook keeps them (webhooks-and-more.md 2.3, 12 to 15).
 */
import { writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import type { SalesIQClient } from '../api/index.ts';
import { type JsonObject, ServiceError, UserError } from '../model/index.ts';
import { errorText, escapeText } from '../report/index.ts';
import { batchesOf, type FailedExecution, type FailureFilter, failedExecution, isMeant, mostIds, mostRetries, type WebhookRow } from '../webhooks/index.ts';
import { findWebhook } from './find-webhook.ts';
import { agreedTo, counted, type OperationOptions, show } from './one-portal.ts';
import type { ServiceOptions } from './options.ts';
import { jsonText } from './show-plan.ts';
import { tableText } from './table.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { timeText } from './webhooks.ts';
import { understood, withClient } from './with-client.ts';

export interface FailuresOptions extends ServiceOptions, FailureFilter {
  /** The most that are read; absent: all. */
  readonly limit?: number;
}

/** The failed executions that are meant, each once, as many as asked for. */
const readFailures = async (client: SalesIQClient, webhook: string, options: FailuresOptions): Promise<readonly FailedExecution[]> => {
  const { from, to, events, limit = Number.MAX_SAFE_INTEGER } = options;
  const query = {
    ...(from === undefined ? {} : { from_time: String(from) }),
    ...(to === undefined ? {} : { to_time: String(to) }),
    ...(events.length === 0 ? {} : { events }),
  };
  const found: FailedExecution[] = [];
  for await (const page of client.webhooks.executions.list.pages(webhook, { query })) {
    const read = page.map((value) => understood({ method: 'GET', path: `/webhooks/${webhook}/executions` }, () => failedExecution(value)));
    found.push(...read.filter((one) => isMeant(one, options)));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
};

const heads = ['ID', 'EVENT', 'ENTITY', 'ANSWERED', 'RETRIES', 'LAST TRIED'];

const rowOf = ({ id, event, entityId, status, retries, lastTried }: FailedExecution): readonly string[] => [
  id,
  event,
  entityId,
  status === 0 ? '-' : String(status),
  String(retries),
  timeText(lastTried),
];

export const runFailuresList = async (named: string, options: FailuresOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const webhook = await findWebhook(client, named);
    const found = await readFailures(client, webhook.id, options);
    show(options, terminal, {
      json: { portal: portal.name, webhook: { id: webhook.id, url: webhook.url }, failures: found.map(({ raw }) => raw) },
      text: found.length === 0 ? 'No failed executions.' : `${tableText(heads, found.map(rowOf))}\n\n${counted(found.length, 'failed execution')}.`,
    });
    return exitCodes.done;
  });

/** Which failed executions an operation is about: those named, or all that the filter lets through. */
export interface ChosenOptions extends OperationOptions, FailuresOptions {
  readonly ids: readonly string[];
  readonly choice: 'ids' | 'all';
}

const checkChoice = ({ ids, choice, from, to, events, limit }: ChosenOptions): void => {
  const filtered = from !== undefined || to !== undefined || limit !== undefined || events.length > 0;
  if (choice === 'all' && ids.length > 0)
    throw new UserError('ids and --all cannot stand together', { hint: 'Name the ids, or take all that the filters let through.' });
  if (choice === 'ids' && ids.length === 0)
    throw new UserError('no failed execution is named', { hint: 'Give ids, or --all; webhooks failures list shows them.' });
  if (choice === 'ids' && filtered) throw new UserError('filters go with --all', { hint: 'Leave out --from, --to, --event and --limit, or the ids.' });
};

interface Chosen {
  readonly webhook: WebhookRow;
  readonly ids: readonly string[];
  /** What is known of them, where they were read. */
  readonly read: readonly FailedExecution[];
}

const choose = async (client: SalesIQClient, named: string, options: ChosenOptions): Promise<Chosen> => {
  checkChoice(options);
  const webhook = await findWebhook(client, named);
  if (options.choice === 'ids') return { webhook, ids: [...new Set(options.ids)], read: [] };
  const read = await readFailures(client, webhook.id, options);
  return { webhook, ids: read.map(({ id }) => id), read };
};

interface Sent<T> {
  readonly answers: readonly T[];
  readonly ids: readonly string[];
  readonly error?: ServiceError;
}

/** Sends ids in parts, one after the other, until all are sent, one fails or somebody stops it. */
const inBatches = async <T>(ids: readonly string[], most: number, terminal: Terminal, send: (part: readonly string[]) => Promise<T>): Promise<Sent<T>> => {
  const answers: T[] = [];
  const sent: string[] = [];
  for (const part of batchesOf(ids, most)) {
    if (terminal.signal.aborted) break;
    try {
      answers.push(await send(part));
      sent.push(...part);
    } catch (error) {
      if (!(error instanceof ServiceError) || sent.length === 0) throw error;
      return { answers, ids: sent, error };
    }
  }
  return { answers, ids: sent };
};

const codeOf = (sent: Sent<unknown>, chosen: Chosen): ExitCode =>
  sent.ids.length === chosen.ids.length ? exitCodes.done : sent.error === undefined ? exitCodes.interrupted : exitCodes.partial;

/** What a part that failed leaves undone; empty where all is done. */
const undoneText = (sent: Sent<unknown>, { ids }: Chosen): string => {
  const left = ids.length - sent.ids.length;
  if (left === 0) return '';
  return `\n${counted(left, 'failed execution')} left${sent.error === undefined ? ', because it was stopped' : `: ${errorText(sent.error, 'plain')}`}`;
};

const errorJson = ({ error }: Sent<unknown>) => (error === undefined ? {} : { error: { message: error.message, method: error.method, path: error.path } });

const noneChosen = (options: ChosenOptions, terminal: Terminal, portal: string): ExitCode => {
  show(options, terminal, { json: { portal, ids: [] }, text: 'No failed executions.' });
  return exitCodes.done;
};

const skippedIn = (data: unknown): readonly string[] => {
  const skipped: unknown = typeof data === 'object' && data !== null && 'skipped' in data ? data.skipped : [];
  return Array.isArray(skipped) ? skipped.map(String) : [];
};

/** Tries them again. What comes of it is not in the answer: those that fail once more are listed again. */
export const runFailuresRetry = async (named: string, options: ChosenOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const chosen = await choose(client, named, options);
    if (chosen.ids.length === 0) return noneChosen(options, terminal, portal.name);
    const spent = chosen.read.filter(({ retries }) => retries >= mostRetries).length;
    const known = spent === 0 ? '' : `, of which ${spent} had ${mostRetries} retries and will be skipped`;
    if (!(await agreedTo(`Try ${counted(chosen.ids.length, 'failed execution')} again${known}?`, options, terminal))) return exitCodes.failed;
    const { id } = chosen.webhook;
    const sent = await inBatches(chosen.ids, mostIds, terminal, async (ids) => skippedIn((await client.webhooks.executions.retry(id, { body: { ids } })).data));
    const skipped = sent.answers.flat();
    const told = skipped.length === 0 ? '' : `\nSkipped, because ${mostRetries} retries are the most: ${skipped.map(escapeText).join(', ')}`;
    show(options, terminal, {
      json: { portal: portal.name, webhook: id, ids: sent.ids, skipped, ...errorJson(sent) },
      text: `${counted(sent.ids.length - skipped.length, 'failed execution')} tried again.${told}${undoneText(sent, chosen)}`,
    });
    return codeOf(sent, chosen);
  });

/** Ids stand in the address of the call, and addresses of more characters than this are cut or refused on the way by many servers. */
const mostOfQuery = 6000;

/** As many ids as an address can hold, and the service takes. */
const idsInQuery = (ids: readonly string[]): number =>
  Math.max(1, Math.min(mostIds, Math.floor(mostOfQuery / (Math.max(1, ...ids.map(({ length }) => length)) + 3))));

/** Deletes them for good. */
export const runFailuresDelete = async (named: string, options: ChosenOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const chosen = await choose(client, named, options);
    if (chosen.ids.length === 0) return noneChosen(options, terminal, portal.name);
    if (!(await agreedTo(`Delete ${counted(chosen.ids.length, 'failed execution')} for good?`, options, terminal))) return exitCodes.failed;
    const { id } = chosen.webhook;
    const sent = await inBatches(chosen.ids, idsInQuery(chosen.ids), terminal, async (ids) => {
      await client.webhooks.executions.delete(id, { query: { ids } });
    });
    show(options, terminal, {
      json: { portal: portal.name, webhook: id, ids: sent.ids, ...errorJson(sent) },
      text: `${counted(sent.ids.length, 'failed execution')} deleted.${undoneText(sent, chosen)}`,
    });
    return codeOf(sent, chosen);
  });

const write = async (file: string, content: string | Uint8Array, terminal: Terminal): Promise<void> => {
  await writeFile(file, content).catch((error: unknown) => {
    throw new UserError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  terminal.say(`Written: ${escapeText(file)}`);
};

/** `failures.xlsx`; `failures-2.xlsx` for the second part. */
const partName = (file: string, index: number): string => {
  const { dir, name, ext } = parse(file);
  return index === 0 ? file : `${dir === '' ? '' : `${dir}/`}${name}-${index + 1}${ext}`;
};

/** The service makes the workbooks. Without its header this call would be a retry, and the client never sends it so. */
const exportWorkbooks = async (client: SalesIQClient, { webhook, ids }: Chosen, file: string, terminal: Terminal): Promise<readonly string[]> => {
  const written: string[] = [];
  for (const [index, part] of batchesOf(ids, mostIds).entries()) {
    const answer = await client.webhooks.executions.export(webhook.id, { body: { ids: part } });
    if (answer.file === undefined)
      throw new ServiceError('the answer holds no file', {
        method: 'POST',
        path: `/webhooks/${webhook.id}/executions`,
        hint: 'Name a .json file to export from the list instead.',
      });
    const name = partName(file, index);
    await write(name, answer.file.bytes, terminal);
    written.push(name);
  }
  return written;
};

const exportList = async (client: SalesIQClient, chosen: Chosen, options: ChosenOptions): Promise<readonly JsonObject[]> => {
  const all = options.choice === 'all' ? chosen.read : await readFailures(client, chosen.webhook.id, { ...options, events: [] });
  const found = all.filter(({ id }) => chosen.ids.includes(id));
  const lost = chosen.ids.filter((id) => !found.some((one) => one.id === id));
  if (lost.length > 0) throw new UserError(`the webhook has no failed execution ${lost.join(', ')}`, { hint: 'webhooks failures list shows them.' });
  return found.map(({ raw }) => raw);
};

/** A file ending in .xlsx is made by the service, of at most 300 each; JSON comes from the list. Without a file, JSON is printed. */
export const runFailuresExport = async (named: string, options: ChosenOptions & { readonly out?: string }, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const { out } = options;
    if (out !== undefined && !/\.(?:xlsx|json)$/i.test(out))
      throw new UserError(`${out} should end in .xlsx or .json`, { hint: 'The end of the name says which of the two it is to be.' });
    const chosen = await choose(client, named, options);
    if (chosen.ids.length === 0) return noneChosen(options, terminal, portal.name);
    if (out !== undefined && /\.xlsx$/i.test(out)) {
      const files = await exportWorkbooks(client, chosen, out, terminal);
      show(options, terminal, {
        json: { portal: portal.name, webhook: chosen.webhook.id, ids: chosen.ids, files },
        text: `${counted(chosen.ids.length, 'failed execution')} in ${counted(files.length, 'file')}.`,
      });
      return exitCodes.done;
    }
    const failures = await exportList(client, chosen, options);
    const document = { format_version: 1, portal: portal.name, webhook: chosen.webhook.id, failures };
    if (out === undefined) terminal.print(jsonText(document));
    else {
      await write(out, `${JSON.stringify(document, null, 2)}\n`, terminal);
      show(options, terminal, {
        json: { portal: portal.name, webhook: chosen.webhook.id, ids: chosen.ids, files: [out] },
        text: `${counted(failures.length, 'failed execution')} in ${escapeText(out)}.`,
      });
    }
    return exitCodes.done;
  });
