/**
 * Answer → verdict.
 *
 * The service answers errors with HTTP 200 (platform-and-people.md 1.3), yet
 * clients report 401 and 429. So the body's `error` key decides, whatever the
 * status says; then a status that is no success; then whether the content is
 * what the page describes. What is not understood is never taken for "nothing".
 */
import { isObject, type Json, type JsonObject, typeName } from '../model/index.ts';
import { type Call, hintFor, isDocumented } from './hints.ts';
import { parseJson } from './parse-json.ts';
import { type Problem, plainText, type Verdict, type WholeAnswer } from './verdict.ts';

/** What came over the wire, whole. */
export interface Reply {
  readonly status: number;
  readonly body: Uint8Array;
  readonly contentType: string;
  /** What the Retry-After header asks for; 0 where there is none. */
  readonly retryAfterMs: number;
  /** Of a redirect: host and path, without a query. */
  readonly location: string;
}

type Content = { readonly type: 'json'; readonly value: Json } | { readonly type: 'empty' } | { readonly type: 'unreadable'; readonly why: string };

const notJson = (text: string, contentType: string): string => {
  if (/^\s*</.test(text) || /html/i.test(contentType)) return 'it is a web page, not JSON';
  return /^\s*[[{]/.test(text) ? 'its JSON is cut or broken' : 'it is not JSON';
};

/** Reads the body of any server's answer. */
export const readContent = (reply: Reply): Content => {
  let text: string;
  try {
    // Bytes that are no UTF-8 would otherwise turn into question marks, and be written back as such.
    text = new TextDecoder('utf-8', { fatal: true }).decode(reply.body);
  } catch {
    return { type: 'unreadable', why: 'it is not UTF-8 text' };
  }
  if (text.trim() === '') return { type: 'empty' };
  try {
    return { type: 'json', value: parseJson(text) };
  } catch {
    return { type: 'unreadable', why: notJson(text, reply.contentType) };
  }
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' && value.trim() !== '' ? plainText(value) : undefined);

const codeOf = (value: Json | undefined): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
};

const hinted = (code: number | undefined, call: Call): { readonly hint?: string } => {
  const hint = code === undefined ? undefined : hintFor(code, call);
  return hint === undefined ? {} : { hint };
};

const problemOf = (call: Call, status: number, error: Json): Problem => {
  const envelope: JsonObject = isObject(error) ? error : { message: typeof error === 'string' ? error : JSON.stringify(error) };
  const code = codeOf(envelope['code']);
  const named = code === undefined ? textOf(envelope['code']) : String(code);
  const text = textOf(envelope['message']) ?? textOf(envelope['error_description']);
  const field = textOf(envelope['json_key']) ?? textOf(envelope['param']) ?? textOf(envelope['header']);
  const said = [named, text].filter((part) => part !== undefined).join(' ') || 'an error without a word';
  return {
    message: `the service answered ${said}${field === undefined ? '' : ` (at ${field})`}`,
    status,
    ...(code === undefined ? {} : { code }),
    ...(field === undefined ? {} : { field }),
    ...hinted(code, call),
  };
};

const isFault = (status: number): boolean => status >= 500 || status === 408;

const judgeError = (call: Call, reply: Reply, error: Json): Verdict => {
  const problem = problemOf(call, reply.status, error);
  const { code } = problem;
  const { retryAfterMs } = reply;
  if (code === 1008) return { type: 'token-refused', problem };
  if (code === 1023) return { type: 'throttled', problem, retryAfterMs };
  if (code === 1001) return { type: 'fault', problem, retryAfterMs };
  if (code !== undefined && isDocumented(code)) return { type: 'refused', problem };
  // A code of no page, or none: some gateway may have written it, and the status knows better.
  return isFault(reply.status) ? { type: 'fault', problem, retryAfterMs } : (judgeStatus(reply, problem) ?? { type: 'refused', problem });
};

const statusProblem = (call: Call, { status, location }: Reply): Problem => {
  if (status === 401) return { message: 'the service did not accept the token (HTTP 401)', status, ...hinted(1008, call) };
  if (status === 429) return { message: 'the service was asked too often (HTTP 429)', status, ...hinted(1023, call) };
  if (status < 400)
    return {
      message: `the answer is a redirect to ${location === '' ? 'nowhere' : location} (HTTP ${status}), and redirects are not followed`,
      hint: 'Check the data centre or the server address: the token is only ever sent to the address that you gave.',
      status,
    };
  if (isFault(status)) return { message: `the service failed (HTTP ${status})`, status, ...hinted(1001, call) };
  return {
    message: `the service refused with HTTP ${status} and no reason`,
    hint: 'Check the server address, and whether a proxy or firewall stands in between.',
    status,
  };
};

const judgeStatus = (reply: Reply, problem: Problem): Verdict | undefined => {
  const { status, retryAfterMs } = reply;
  if (status === 401) return { type: 'token-refused', problem };
  if (status === 429) return { type: 'throttled', problem, retryAfterMs };
  if (isFault(status)) return { type: 'fault', problem, retryAfterMs };
  if (status >= 400) return { type: 'refused', problem };
  if (status >= 300) return { type: 'not-understood', problem };
  return undefined;
};

const notUnderstood = (why: string, status: number): Problem => ({
  message: `the answer was not understood: ${why}`,
  hint: 'Check that the server address is that of SalesIQ and that no proxy answers in its place; then run the command again.',
  status,
});

const answerOf = ({ wants = 'data' }: Call, value: JsonObject): WholeAnswer => {
  const data = value['data'] === undefined && wants === 'bare' ? value : value['data'];
  return {
    ...(data === undefined ? {} : { data }),
    ...(typeof value['object'] === 'string' ? { object: value['object'] } : {}),
    ...(wants === 'data' ? {} : { envelope: value }),
  };
};

/** A file may be of any type but a web page, which some proxy has sent. */
const isFile = ({ wants }: Call, { body, contentType }: Reply): boolean =>
  wants === 'file' && body.length > 0 && !/json|html/i.test(contentType) && body[0] !== 0x3c;

const judgeContent = (call: Call, reply: Reply, content: Content): Verdict => {
  const { status, retryAfterMs } = reply;
  switch (content.type) {
    case 'empty':
      if (call.method !== 'GET') return { type: 'accepted', answer: {}, status };
      return { type: 'fault', problem: notUnderstood('it is empty', status), retryAfterMs };
    case 'unreadable':
      return { type: 'fault', problem: notUnderstood(content.why, status), retryAfterMs };
    case 'json': {
      const { value } = content;
      if (call.wants === 'bare' && !isObject(value)) return { type: 'accepted', answer: { data: value }, status };
      if (!isObject(value)) return { type: 'not-understood', problem: notUnderstood(`it should be a mapping with data, and is ${typeName(value)}`, status) };
      // Bodies of writes are documented badly (platform-and-people.md 9): only a read must bring data.
      if (call.method === 'GET' && call.wants !== 'bare' && value['data'] === undefined)
        return { type: 'not-understood', problem: notUnderstood('it has no data', status) };
      return { type: 'accepted', answer: answerOf(call, value), status };
    }
  }
};

/** What the service's answer to this call means. */
export const judge = (call: Call, reply: Reply): Verdict => {
  const content = readContent(reply);
  const error = content.type === 'json' && isObject(content.value) ? content.value['error'] : undefined;
  if (error !== undefined && error !== null) return judgeError(call, reply, error);
  const byStatus = judgeStatus(reply, statusProblem(call, reply));
  if (byStatus !== undefined) return byStatus;
  if (content.type !== 'json' && isFile(call, reply))
    return { type: 'accepted', answer: { file: { type: reply.contentType, bytes: reply.body } }, status: reply.status };
  return judgeContent(call, reply, content);
};
