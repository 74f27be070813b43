/** The terminal of one piece of a watch: nobody sits there, and what is told goes into the log. */
import type { Terminal } from './terminal.ts';
import type { WatchLog } from './watch-log.ts';

/** Messages and pauses are lines of the log; every step is a sign of life. What would be printed is told otherwise. */
export const portalTerminal = (
  terminal: Terminal,
  portal: string,
  log: Pick<WatchLog, 'message' | 'write'>,
  /** Something is done; nothing more may be heard for so long. */
  beat: (silentMilliseconds?: number) => void,
): Terminal => {
  const { confirm: _nobody, ...rest } = terminal;
  return {
    ...rest,
    print: () => undefined,
    say: (text) => log.message(portal, text.trim()),
    progress: () => beat(),
    pause: (reason, seconds) => {
      beat(seconds * 1000);
      log.write({ level: 'warn', event: 'pause', portal, message: reason, back_off_seconds: Math.ceil(seconds) });
    },
    style: 'plain',
    sayStyle: 'plain',
  };
};

/** A signal for one piece of work: what listens to it is gone with it, however long the other one lives. */
export const withOwnSignal = async <T>(terminal: Terminal, work: (terminal: Terminal) => Promise<T>): Promise<T> => {
  const own = new AbortController();
  const stop = (): void => own.abort();
  if (terminal.signal.aborted) stop();
  terminal.signal.addEventListener('abort', stop);
  try {
    return await work({ ...terminal, signal: own.signal });
  } finally {
    terminal.signal.removeEventListener('abort', stop);
  }
};
