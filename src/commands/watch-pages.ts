/** The pages of a watch, fit to be shown. */
import { type Answer, type Health, type Metrics, openServer, type Page, type Server } from '../watch/index.ts';
import { jsonLine } from './json-line.ts';
import type { Terminal } from './terminal.ts';

export interface Listen {
  readonly host: string;
  readonly port: number;
}

const answerPage = ({ ok, body }: Answer, terminal: Terminal): Page => ({
  status: ok ? 200 : 503,
  type: 'application/json; charset=utf-8',
  text: terminal.veil.hide(jsonLine(body)),
});

/** Listens. Throws UserError where it cannot. */
export const openPages = (
  { host, port }: Listen,
  { health, metrics, onFault }: { readonly health: Health; readonly metrics: Metrics; readonly onFault: (error: unknown) => void },
  terminal: Terminal,
): Promise<Server> =>
  openServer({
    host,
    port,
    pages: {
      '/healthz': () => answerPage(health.live(), terminal),
      '/readyz': () => answerPage(health.ready(), terminal),
      '/metrics': async () => ({ status: 200, type: metrics.type, text: await metrics.text() }),
    },
    onFault,
  });
