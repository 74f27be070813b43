/** An error that ended a command: what, where, what to do. */
import { escapeText } from './escape.ts';
import { messageLines } from './findings.ts';
import { paint, type Style } from './style.ts';

/** What is told of an error; a ServiceError, a UserError and an outcome's error all fit. */
export interface ErrorInfo {
  readonly message: string;
  /** The service's own code. */
  readonly code?: number | undefined;
  /** The body key, parameter or header that the service named. */
  readonly field?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly hint?: string | undefined;
}

/** `PUT /visitorroutingrules/7`, safe to print; empty where no call was made. */
export const callText = ({ method, path }: ErrorInfo): string => [method, path].flatMap((part) => (part === undefined ? [] : [escapeText(part)])).join(' ');

/** `code 1018, field "rules"`, safe to print; empty where the service named neither. */
export const codeText = ({ code, field }: ErrorInfo): string =>
  [...(code === undefined ? [] : [`code ${code}`]), ...(field === undefined ? [] : [`field ${escapeText(JSON.stringify(field))}`])].join(', ');

/** The message, then the call and the advice on lines of their own; no line break at the end. */
export const errorText = (error: ErrorInfo, style: Style): string => {
  const [first = '', ...rest] = messageLines(error.message);
  const code = codeText(error);
  const call = callText(error);
  return [
    `${paint('bad', 'Error:', style)} ${first}${code === '' ? '' : ` (${code})`}`,
    ...rest.map((line) => `  ${line}`),
    ...(call === '' ? [] : [paint('quiet', `  ${call}`, style)]),
    ...(error.hint === undefined ? [] : messageLines(error.hint).map((line) => `  ${line}`)),
  ].join('\n');
};
