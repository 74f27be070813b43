/** What was asked and what was answered, without secrets: no headers, and credentials of the accounts server masked. */

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON or form; the text where it is neither; undefined without one. */
  readonly body: unknown;
  /** HTTP status; 0 when the connection was torn down instead. */
  readonly status: number;
  /** Code of the error envelope. */
  readonly code: number | undefined;
  /** Epoch milliseconds at which it came in. */
  readonly at: number;
}

/** The newest are kept. */
const most = 50_000;

export interface RequestLog {
  readonly entries: () => readonly LoggedRequest[];
  readonly add: (entry: LoggedRequest) => void;
}

export const openLog = (onRequest: ((entry: LoggedRequest) => void) | undefined): RequestLog => {
  const entries: LoggedRequest[] = [];
  return {
    entries: () => [...entries],
    add: (entry) => {
      if (entries.length >= most) entries.shift();
      entries.push(entry);
      onRequest?.(entry);
    },
  };
};

const secret = new Set(['client_secret', 'refresh_token', 'code', 'access_token']);

/** Parameters with secrets masked. */
export const masked = (parameters: Iterable<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries([...parameters].map(([name, value]) => [name, secret.has(name) ? '***' : value]));
