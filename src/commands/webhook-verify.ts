/** `webhooks verify` and `webhooks listen`: deliveries, seen from the receiver's side. They need no project and no credentials. */
import { UserError } from '../model/index.ts';
import { escapeJson, escapeText } from '../report/index.ts';
import { openReceiver, publicKeyPem, type Received, verifyWebhookSignature } from '../webhooks/index.ts';
import { show } from './one-portal.ts';
import type { CommonOptions } from './options.ts';
import { readBytes, readText } from './read-input.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

interface NamedKey {
  readonly file: string;
  readonly text: string;
}

const readKeys = async (files: readonly string[], terminal: Terminal): Promise<readonly NamedKey[]> =>
  Promise.all(
    files.map(async (file) => {
      const text = await readText(file, terminal);
      if (publicKeyPem(text) === undefined)
        throw new UserError(`${file} holds no public key`, { hint: 'It should be the PEM, or the bare Base64, that `webhooks keys rotate` shows.' });
      return { file, text };
    }),
  );

export interface VerifyOptions extends CommonOptions {
  readonly keys: readonly string[];
  readonly signature: string;
  /** The file that holds the body; `-` for standard input. */
  readonly body: string;
}

/** Says whether a body was signed with one of the keys: exit 0 if so, 1 if not. Throws UserError for keys that are none. */
export const runVerify = async (options: VerifyOptions, terminal: Terminal): Promise<ExitCode> => {
  const keys = await readKeys(options.keys, terminal);
  const body = await readBytes(options.body, terminal);
  const fitting = keys.find(({ text }) => verifyWebhookSignature({ body, signature: options.signature, publicKey: text }));
  show(options, terminal, {
    json: { valid: fitting !== undefined, bytes: body.length, ...(fitting === undefined ? {} : { key: fitting.file }) },
    text:
      fitting === undefined
        ? `Not signed by ${keys.length === 1 ? 'this key' : 'any of these keys'}: ${body.length} bytes. The body must be the bytes as they came, line breaks included.`
        : `Signed: ${body.length} bytes, key ${escapeText(fitting.file)}.`,
  });
  return fitting === undefined ? exitCodes.failed : exitCodes.done;
};

export interface ListenOptions extends CommonOptions {
  readonly port: number;
  readonly keys: readonly string[];
  /** Answer deliveries with this status. */
  readonly failWith?: number;
}

const signedText: Readonly<Record<NonNullable<Received['signature']>, string>> = {
  valid: 'signed',
  invalid: 'signature does not fit',
  missing: 'not signed',
  unchecked: 'signature not checked',
};

const lineOf = (received: Received, time: string): string => {
  const { method, path, event, entity, entityId, attempt, signature, answered, bytes } = received;
  const what =
    method === 'HEAD'
      ? ['probe']
      : [
          event ?? (method === 'POST' ? 'no event' : method),
          ...(entityId === undefined ? [] : [`${entity ?? 'id'} ${entityId}`]),
          ...(attempt === undefined ? [] : [`attempt ${attempt}`]),
          ...(signature === undefined ? [] : [signedText[signature]]),
          `${bytes} bytes`,
        ];
  return `${time}  ${[path, ...what].map(escapeText).join('  ')}  -> ${answered}\n`;
};

const documentOf = (received: Received, time: string): string => {
  const { method, path, event, entity, entityId, attempt, time: eventTime, signature, answered, bytes, body } = received;
  const fields = { time, method, path, event, entity, entity_id: entityId, attempt, event_time: eventTime, signature, answered, bytes, body };
  return `${escapeJson(JSON.stringify(fields))}\n`;
};

const opened = async (options: ListenOptions, keys: readonly NamedKey[], onReceived: (received: Received) => void) => {
  try {
    return await openReceiver({
      port: options.port,
      keys: keys.map(({ text }) => text),
      ...(options.failWith === undefined ? {} : { failWith: options.failWith }),
      onReceived,
    });
  } catch (error) {
    throw new UserError(`port ${options.port} cannot be listened at: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Give another one with --port, or leave it out for any that is free.',
      cause: error,
    });
  }
};

/** Prints what comes, one line each, until it is stopped. Throws UserError where the port is taken. */
export const runListen = async (options: ListenOptions, terminal: Terminal): Promise<ExitCode> => {
  const keys = await readKeys(options.keys, terminal);
  const receiver = await opened(options, keys, (received) => {
    const time = new Date(terminal.clock()).toISOString();
    terminal.print(options.format === 'json' ? documentOf(received, time) : lineOf(received, time.slice(11, 19)));
  });
  terminal.say(`Listening at ${receiver.url} for deliveries of webhooks. Ctrl-C stops it.`);
  if (keys.length === 0) terminal.say('Signatures are not checked: there is no --key.');
  await new Promise<void>((stop) => {
    if (terminal.signal.aborted) stop();
    terminal.signal.addEventListener('abort', () => stop(), { once: true });
  });
  await receiver.close();
  return exitCodes.done;
};
