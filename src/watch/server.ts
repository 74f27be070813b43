/** The one port of a watch: pages for orchestrators and for Prometheus, read only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { UserError } from '../model/index.ts';

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What stands at each path. */
  readonly pages: Readonly<Record<string, () => Page | Promise<Page>>>;
  /** Told of what a page threw. */
  readonly onFault: (error: unknown) => void;
}

export interface Server {
  readonly url: string;
  /** Ends what is being answered, then all connections. */
  readonly close: () => Promise<void>;
}

const plain = (status: number, text: string): Page => ({ status, type: 'text/plain; charset=utf-8', text: `${text}\n` });

const pathOf = (url: string): string => url.replace(/[?#].*$/s, '');

const pageFor = async ({ method = '', url = '' }: IncomingMessage, { pages, onFault }: ServerOptions): Promise<Page> => {
  const path = pathOf(url);
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page === undefined) return plain(404, `There are ${Object.keys(pages).join(', ')}.`);
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET and HEAD.');
  try {
    return await page();
  } catch (error) {
    onFault(error);
    return plain(500, 'This page could not be made.');
  }
};

const answer = (request: IncomingMessage, response: ServerResponse, { status, type, text }: Page): void => {
  const body = Buffer.from(text);
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    // What a body may hold is not read.
    ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const patienceMilliseconds = 1_000;
const mostConnections = 64;

/** Listens. Throws UserError where it cannot. */
export const openServer = (options: ServerOptions): Promise<Server> => {
  const { host, port } = options;
  const server = createServer((request, response) => {
    request.resume();
    response.on('error', () => undefined);
    pageFor(request, options)
      .then((page) => answer(request, response, page))
      .catch(options.onFault);
  });
  server.maxConnections = mostConnections;
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 5_000;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return new Promise((opened, failed) => {
    server.once('error', (error) => {
      failed(
        new UserError(`${shownHost}:${port} cannot be listened at: ${error.message}`, {
          hint: 'Give another address with --listen HOST:PORT, or --listen off.',
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      server.on('error', options.onFault);
      opened({
        url: `http://${shownHost}:${typeof address === 'object' && address !== null ? address.port : port}`,
        close: () =>
          new Promise((closed) => {
            const timer = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
            server.close(() => {
              clearTimeout(timer);
              closed();
            });
            server.closeIdleConnections();
          }),
      });
    });
  });
};
