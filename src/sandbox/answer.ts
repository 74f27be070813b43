/** From what a route answers to what goes over the wire: envelope, status, and the switches on answers. */
import { crc32 } from 'node:zlib';
import { print } from './json.ts';
import { type Culprit, messageOf, realStatusOf } from './refusal.ts';
import type { Reply } from './route.ts';
import type { Switches } from './switches.ts';

export interface Answer {
  readonly status: number;
  /** Undefined: no body at all. */
  readonly body: string | undefined;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Error code, for the log. */
  readonly code?: number;
}

const json = 'application/json;charset=UTF-8';

/** @param wait seconds, for a real 429 */
export const errorAnswer = (code: number, culprit: Culprit, switches: Switches, wait = 1): Answer => {
  const real = switches.statuses === 'real';
  return {
    status: real ? realStatusOf(code) : 200,
    body: print({ error: { message: messageOf(code), code, ...culprit } }),
    type: json,
    code,
    ...(real && code === 1023 ? { headers: { 'Retry-After': String(wait) } } : {}),
  };
};

export const plainAnswer = (status: number, body: string, type: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body,
  type,
  headers,
});

export const jsonAnswer = (status: number, body: string): Answer => ({ status, body, type: json });

/** @param path the request path, which is `url` where a page shows nothing else */
export const answerOf = (reply: Reply, path: string, now: number, switches: Switches): Answer => {
  if (reply.file !== undefined) return plainAnswer(200, reply.file.text, reply.file.type);
  const data = reply.silent === true ? undefined : dataOf(reply, switches);
  if (data === undefined) return { status: switches.statuses === 'real' ? 204 : 200, body: undefined, type: json };
  const object = reply.kind === 'list' && switches['object-names'] === 'overview' ? 'list' : reply.object;
  const timed = switches['sync-time'] === 'samples' ? reply.synced === true : switches['sync-time'] === 'lists' && reply.kind === 'list';
  if (reply.bare === true) return jsonAnswer(200, `{"data":${data}}`);
  const parts = [
    `"url":${JSON.stringify(reply.url ?? path)}`,
    `"object":${JSON.stringify(object)}`,
    ...(reply.checksum === true ? [`"CRC":"${crc32(data)}"`] : []),
    ...(reply.total === undefined ? [] : [`"total":${print(reply.total)}`]),
    `"data":${data}`,
    ...Object.entries(reply.beside ?? {}).map(([key, value]) => `${JSON.stringify(key)}:${print(value)}`),
    ...(timed ? [`"sync_time":"${now}"`] : []),
  ];
  return jsonAnswer(200, `{${parts.join(',')}}`);
};

/** The text of `data` as the answer switches want it; undefined for an answer without a body. */
const dataOf = (reply: Reply, switches: Switches): string | undefined => {
  if (reply.kind === 'create') return { echo: reply.data, id: print({ id: reply.id }), empty: '{}' }[switches['create-answer']];
  if (reply.kind === 'update') return { echo: reply.data, empty: '{}', none: undefined }[switches['put-answer']];
  if (reply.kind === 'delete') return { object: reply.data, id: print(reply.id ?? ''), empty: '{}', none: undefined }[switches['delete-answer']];
  return reply.data;
};
