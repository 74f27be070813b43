/**
 * `callbacks`: answers to pending actions of widgets and bots. What is wrong
 * with a body is told before it is sent: a pending action waits three minutes
 * at most (webhooks-and-more.md 3), and takes one answer.
 */
import { type BodyFault, type BodyName, bodySchemas, checkBody, readingOf } from '../callbacks/index.ts';
import { type ReadDocument, readDocument } from '../desired/index.ts';
import { type Diagnostic, isObject, type JsonObject, ServiceError, UserError } from '../model/index.ts';
import { diagnosticsText, escapeText } from '../report/index.ts';
import { readPortal, show } from './one-portal.ts';
import { withWriter } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { FileError } from './read-files.ts';
import { readText } from './read-input.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface CallbackOptions extends ServiceOptions {
  readonly requestId: string;
  /** Whether it is only checked. */
  readonly sending: 'send' | 'check';
}

/** The last part of the path, by the name of the body. */
const paths: Readonly<Record<BodyName, string>> = { 'widget-response': 'widgetresponse', 'bot-response': 'response', progress: 'progress' };

const diagnosticOf = ({ severity, code, path, at, message, hint }: BodyFault, document: ReadDocument, strict: CallbackOptions['strict']): Diagnostic => ({
  severity: strict === 'strict' ? 'error' : severity,
  code,
  message,
  origin: document.originAt(path, at),
  ...(hint === undefined ? {} : { hint }),
});

interface ReadBody {
  readonly body: JsonObject;
  readonly warnings: readonly Diagnostic[];
}

const readBody = async (name: BodyName, file: string, options: CallbackOptions, terminal: Terminal): Promise<ReadBody> => {
  const text = await readText(file, terminal);
  const shown = file === '-' ? 'standard input' : file;
  const sources = (path: string): string | undefined => (path === shown ? text : undefined);
  const { value: document, diagnostics } = readDocument({ path: shown, text }, readingOf(bodySchemas[name]));
  if (document === undefined) throw new FileError(diagnostics, sources);
  const found = checkBody(name, document.value).map((fault) => diagnosticOf(fault, document, options.strict));
  if (found.some(({ severity }) => severity === 'error') || !isObject(document.value)) throw new FileError(found, sources);
  if (found.length > 0) terminal.say(diagnosticsText(found, sources, terminal.sayStyle));
  return { body: document.value, warnings: found };
};

const checkRequestId = (requestId: string): void => {
  if (!/^[\w.~-]+$/.test(requestId))
    throw new UserError(`"${requestId}" is no id of a request`, { hint: 'It is what the handler got as request.id, such as 4fhgtd-hbnjwj-hbewjd-gyywye6.' });
};

const notWaiting = ({ message, method, path, code, field }: ServiceError): ServiceError =>
  new ServiceError(message, {
    method,
    path,
    code,
    field,
    hint: 'No action with this id is waiting: it may have been answered, or its three minutes may be over.',
  });

const send = async (name: BodyName, { body, warnings }: ReadBody, options: CallbackOptions, terminal: Terminal): Promise<ExitCode> => {
  const told = warnings.map(({ severity, code, message }) => ({ severity, code, message }));
  if (options.sending === 'check') {
    show(options, terminal, { json: { request_id: options.requestId, sent: false, diagnostics: told }, text: 'The body is right. Nothing was sent.' });
    return exitCodes.done;
  }
  const portal = await readPortal(options, terminal);
  await withWriter(portal, options, terminal, (_reader, writer) =>
    writer.send({ method: 'POST', path: `/callbacks/${options.requestId}/${paths[name]}`, body }).catch((error: unknown) => {
      throw error instanceof ServiceError && error.code === 1019 ? notWaiting(error) : error;
    }),
  );
  show(options, terminal, {
    json: { portal: portal.name, request_id: options.requestId, sent: true, diagnostics: told },
    text: `Sent to request ${escapeText(options.requestId)} of ${escapeText(portal.name)}.`,
  });
  return exitCodes.done;
};

/** `widget-response` and `response`. Throws FileError with all that is wrong with the body, before anything is sent. */
export const runCallback = async (name: 'widget-response' | 'bot-response', file: string, options: CallbackOptions, terminal: Terminal): Promise<ExitCode> => {
  checkRequestId(options.requestId);
  return send(name, await readBody(name, file, options, terminal), options, terminal);
};

/** `progress`: a line for the visitor while the action goes on. */
export const runProgress = async (text: string, options: CallbackOptions, terminal: Terminal): Promise<ExitCode> => {
  checkRequestId(options.requestId);
  if (text.trim() === '') throw new UserError('the text is empty', { hint: 'The visitor reads it, so it should say something.' });
  return send('progress', { body: { text }, warnings: [] }, options, terminal);
};
