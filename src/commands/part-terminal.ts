/** A terminal for one portal of several. */
import { escapeText } from '../report/index.ts';
import type { Terminal } from './terminal.ts';

/** Messages and progress say which portal they are of; nobody is asked. */
export const namedTerminal = (terminal: Terminal, portal: string): Terminal => {
  const { confirm: _nobody, pause, ...rest } = terminal;
  const name = escapeText(portal);
  const named = (text: string): string => text.trimEnd().replaceAll(/^(?=.)/gm, `${name}: `);
  return {
    ...rest,
    say: (text) => terminal.say(named(text)),
    progress: (text, weight) => terminal.progress(`${name}: ${text}`, weight),
    ...(pause === undefined ? {} : { pause: (reason: string, seconds: number) => pause(`${name}: ${reason}`, seconds) }),
  };
};

/** What is printed and said in one text, to be shown later. */
export const openSheet = (terminal: Terminal): { readonly terminal: Terminal; readonly text: () => string } => {
  const parts: string[] = [];
  return {
    terminal: {
      ...terminal,
      print: (text) => {
        parts.push(text);
      },
      say: (text) => {
        parts.push(`${text.trimEnd()}\n`);
      },
      sayStyle: terminal.style,
    },
    text: () => parts.join(''),
  };
};
