/**
 * A receiver for development, on this machine alone: it answers the HEAD by
 * which the service probes an address (webhooks-and-more.md 2.2), checks
 * signatures, and hands over what came.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json } from '../model/index.ts';
import { type EventSummary, type Signed, summaryOf } from './event.ts';
import { verifyWebhookSignature } from './signature.ts';

/** One call that came. */
export interface Received extends EventSummary {
  readonly method: string;
  readonly path: string;
  /** The HTTP status that it was answered with. */
  readonly answered: number;
  /** Of a delivery; a probe has none. */
  readonly signature?: Signed;
  /** What it said; absent where it is no JSON. */
  readonly body?: Json;
  readonly bytes: number;
}

export interface ReceiverOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Public keys; none: signatures are not checked. */
  readonly keys: readonly string[];
  /** Answer deliveries with this status, to see them tried again. */
  readonly failWith?: number;
  /** Bodies that are larger are refused with 413. */
  readonly mostBytes?: number;
  readonly onReceived: (received: Received) => void;
}

export interface Receiver {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const usualMostBytes = 1024 * 1024;

/** The body, or undefined for one that is too large, which is then read no further. */
const bodyOf = async (request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const jsonOf = (body: Buffer): { readonly body?: Json } => {
  try {
    const value: Json = JSON.parse(body.toString('utf8'));
    return { body: value };
  } catch {
    return {};
  }
};

const signedOf = (body: Buffer, header: string | readonly string[] | undefined, keys: readonly string[]): Signed => {
  if (typeof header !== 'string') return keys.length === 0 ? 'unchecked' : 'missing';
  if (keys.length === 0) return 'unchecked';
  return verifyWebhookSignature({ body, signature: header, publicKey: keys }) ? 'valid' : 'invalid';
};

const isRefused = (signature: Signed): boolean => signature === 'invalid' || signature === 'missing';

const receive = async (request: IncomingMessage, options: ReceiverOptions): Promise<Received> => {
  const { method = '', url: path = '' } = request;
  if (method === 'HEAD') return { method, path, answered: 200, bytes: 0 };
  if (method !== 'POST') return { method, path, answered: 405, bytes: 0 };
  const body = await bodyOf(request, options.mostBytes ?? usualMostBytes);
  if (body === undefined) return { method, path, answered: 413, bytes: Number(request.headers['content-length'] ?? 0) };
  const signature = signedOf(body, request.headers['x-siqsignature'], options.keys);
  const said = jsonOf(body);
  const answered = options.failWith ?? (isRefused(signature) ? 401 : 200);
  return { method, path, answered, signature, ...said, ...(said.body === undefined ? {} : summaryOf(said.body)), bytes: body.length };
};

const answer = (response: ServerResponse, { answered }: Received): void => {
  response.writeHead(answered, answered === 413 ? { connection: 'close' } : {});
  response.end();
};

/** Listens on 127.0.0.1. Rejects where the port is taken. */
export const openReceiver = (options: ReceiverOptions): Promise<Receiver> => {
  const server = createServer((request, response) => {
    receive(request, options).then(
      (received) => {
        answer(response, received);
        options.onReceived(received);
      },
      // The call broke off: there is nobody to answer.
      () => response.destroy(),
    );
  });
  server.requestTimeout = 30_000;
  return new Promise((opened, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      opened({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
};
