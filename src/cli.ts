#!/usr/bin/env node
/** The command: the only file that reads argv and the environment, prints, and sets the exit code. */
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { type Flags, formatOf, registerCommands } from './cli/index.ts';
import { jsonLine } from './commands/json-line.ts';
import type { ExitCode, Terminal } from './commands/terminal.ts';
import { type Environment, secretsOf } from './settings.ts';
import { veilFor } from './veil.ts';
import { version } from './version.ts';

const environment: Environment = process.env;
const veil = veilFor(secretsOf(environment));

const wantsColour = (stream: { readonly isTTY?: boolean | undefined }, asked: boolean): boolean =>
  asked && (environment['NO_COLOR'] ?? '') === '' && ((environment['FORCE_COLOR'] ?? '0') !== '0' || (stream.isTTY === true && environment['TERM'] !== 'dumb'));

const stopper = new AbortController();

type Messages = NonNullable<Terminal['messages']>;

/** How messages of this process look. */
let messages: Messages = 'text';

const messagesFor = ({ log = 'text' }: Flags): Messages => (log !== 'auto' ? log : process.stdout.isTTY === true ? 'text' : 'json');

const writeMessage = (event: string, text: string, level: 'info' | 'error' = 'info'): void => {
  const line = { time: new Date().toISOString(), level, event, message: text.trim() };
  process.stderr.write(messages === 'json' ? jsonLine(line) : `${text.trimEnd()}\n`);
};

/** First Ctrl-C: finish what is under way and stop. Second: at once. */
const onSignal = (): void => {
  if (stopper.signal.aborted) process.exit(130);
  stopper.abort();
  writeMessage('stopping', '\nStopping after the request in flight. Once more to stop at once.');
};

const terminalFor = (colour: boolean): Terminal => {
  const live = process.stderr.isTTY === true && messages === 'text';
  let lineOpen = false;
  let counting: NodeJS.Timeout | undefined;
  const wipe = (): void => {
    if (lineOpen) process.stderr.write('\r\u001b[K');
    lineOpen = false;
  };
  const show = (text: string): void => {
    wipe();
    process.stderr.write(veil.hide(text).slice(0, (process.stderr.columns || 80) - 1));
    lineOpen = true;
  };
  const clear = (): void => {
    clearInterval(counting);
    wipe();
  };
  return {
    print: (text) => {
      clear();
      process.stdout.write(veil.hide(text));
    },
    say: (text) => {
      clear();
      writeMessage('message', veil.hide(text));
    },
    progress: (text, weight = 'passing') => {
      clear();
      if (live) show(text);
      else if (weight === 'step') writeMessage('progress', veil.hide(text));
    },
    pause: (reason, pauseSeconds) => {
      clear();
      const until = performance.now() + pauseSeconds * 1000;
      const left = (): number => Math.ceil((until - performance.now()) / 1000);
      if (!live) writeMessage('pause', veil.hide(`Waiting ${left()} s: ${reason}`));
      const tell = (): void => {
        if (left() <= 0 || stopper.signal.aborted) clear();
        else if (live) show(`Waiting ${left()} s: ${reason}`);
        else writeMessage('pause', `Still waiting: ${left()} s to go`);
      };
      if (live) tell();
      counting = setInterval(tell, live ? 500 : 15_000);
      counting.unref();
    },
    veil,
    style: wantsColour(process.stdout, colour) ? 'colour' : 'plain',
    sayStyle: messages === 'text' && wantsColour(process.stderr, colour) ? 'colour' : 'plain',
    messages,
    ...(process.stdin.isTTY === true
      ? {
          confirm: async (question: string) => {
            clear();
            const lines = createInterface({ input: process.stdin, output: process.stderr });
            // The terminal is in the hands of the question: Ctrl-C and Ctrl-D come to it alone, and both are a no.
            const over = new Promise<string>((done) => lines.once('close', () => done('')));
            lines.on('SIGINT', () => {
              onSignal();
              lines.close();
            });
            try {
              const answer = lines.question(`${veil.hide(question)} Only "yes" or "y" is a yes: `, { signal: stopper.signal }).catch(() => '');
              return /^y(es)?$/i.test((await Promise.race([answer, over])).trim());
            } finally {
              lines.close();
            }
          },
        }
      : {}),
    input: async () => {
      const parts: Buffer[] = [];
      for await (const part of process.stdin) parts.push(Buffer.from(part));
      return Buffer.concat(parts);
    },
    environment,
    home: homedir(),
    signal: stopper.signal,
    now: () => performance.now(),
    clock: () => Date.now(),
    random: () => Math.random(),
    sleep: async (milliseconds) => {
      await sleep(milliseconds, undefined, { signal: stopper.signal }).catch(() => undefined);
    },
  };
};

/** What is printed: the answer to a question, or the log of a service, which goes on without it. */
let printed: 'answer' | 'log' = 'answer';

// A reader that has gone, such as `head`, ends the printing and nothing else. A disk that is full does so to a log.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && printed === 'answer') throw error;
});
// What cannot be said on standard error may not end a run that is writing.
process.stderr.on('error', () => undefined);

let exitCode: ExitCode = 0;

/** Runs one command; whatever it throws is said in full, in the form that was asked for. */
const run = async (flags: Flags, work: (terminal: Terminal) => Promise<ExitCode>): Promise<void> => {
  messages = messagesFor(flags);
  printed = flags.log === undefined ? 'answer' : 'log';
  const terminal = terminalFor(flags.color !== false);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    exitCode = await work(terminal);
  } catch (error) {
    const { tellError } = await import('./commands/tell-error.ts');
    const say = (text: string): void => writeMessage('failed', veil.hide(text), 'error');
    exitCode = tellError(error, formatOf(flags), messages === 'json' ? { ...terminal, say } : terminal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
};

const program = new Command('salesiq-sync')
  .description('The configuration of a Zoho SalesIQ portal as YAML in git: plan it, apply it, prove it.')
  .version(version, '-V, --version', 'print the version')
  .showHelpAfterError('Run it with --help to see its flags.')
  .exitOverride();

registerCommands(program, run);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no failures; unknown flags and commands are.
  exitCode = error.exitCode === 0 ? 0 : 1;
}
process.exitCode = exitCode;
