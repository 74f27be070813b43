/** Sends one write and says what became of it, in a word; each is in the journal before and after. */
import { type Address, type Answer, type Outcome, type OutcomeError, type Request, ServiceError, type Writer } from '../model/index.ts';

/** What became of one write. `unclear`: it was sent, and no clear answer came. `unsent`: it never left, and neither will the next. */
export type Sent =
  | { readonly state: 'landed'; readonly answer: Answer }
  | { readonly state: 'refused'; readonly error: OutcomeError }
  | { readonly state: 'unclear'; readonly error: OutcomeError }
  | { readonly state: 'unsent'; readonly error: OutcomeError }
  | { readonly state: 'stopped' };

/** Where what happens is written down: see journal.ts. */
export interface Journal {
  /** Throws JournalError where it cannot be written. */
  readonly record: (entry: JournalEntry) => Promise<void>;
}

/** The journal cannot be written: from then on nothing is sent. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

export interface JournalEntry {
  readonly event: 'planned' | 'sent' | 'landed' | 'failed' | 'unknown' | 'created' | 'verified' | 'finished';
  readonly address?: Address;
  readonly action?: string;
  /** What is written to, where it was there before. */
  readonly id?: string;
  /** The fields that the call is about: what tells later whether it landed. */
  readonly paths?: readonly string[];
  readonly request?: Request;
  readonly answer?: Answer;
  readonly error?: OutcomeError;
  readonly note?: string;
  /** Of a plan: all that it holds. */
  readonly changes?: readonly { readonly action: string; readonly address: Address }[];
  /** Of the end: what became of each change. */
  readonly outcomes?: readonly Outcome[];
}

/** One call that writes, with what it is about. */
export interface Write {
  readonly address: Address;
  readonly action: string;
  readonly request: Request;
  readonly id?: string;
  readonly paths?: readonly string[];
}

export interface Sender {
  /** Throws JournalError where the journal cannot be written; the write was not sent then. */
  readonly send: (write: Write) => Promise<Sent>;
  /** Writes down what is known; where that fails, nothing more is sent. */
  readonly note: (entry: JournalEntry) => Promise<void>;
  /** Calls handed to the service, and calls that it accepted. */
  readonly counts: () => { readonly sent: number; readonly landed: number };
  /** Why the journal can no longer be written. */
  readonly broken: () => JournalError | undefined;
}

export const outcomeError = (error: ServiceError): OutcomeError => ({
  message: error.message,
  ...(error.code === undefined ? {} : { code: error.code }),
  ...(error.field === undefined ? {} : { field: error.field }),
  method: error.method,
  path: error.path,
  ...(error.hint === undefined ? {} : { hint: error.hint }),
});

/** @param stopped true once nothing more shall be sent (Ctrl-C) */
export const openSender = (writer: Writer, journal: Journal, stopped: () => boolean): Sender => {
  let sent = 0;
  let landed = 0;
  let broken: JournalError | undefined;
  // What the service has done is known whether it can be written down or not: the failure stops the next write, not this one.
  const note = async (entry: JournalEntry): Promise<void> => {
    try {
      await journal.record(entry);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      broken ??= error;
    }
  };
  const send = async (write: Write): Promise<Sent> => {
    if (stopped()) return { state: 'stopped' };
    const { address, action } = write;
    if (broken === undefined) await note({ event: 'sent', ...write });
    if (broken !== undefined) throw broken;
    try {
      const answer = await writer.send(write.request);
      sent += 1;
      landed += 1;
      await note({ event: 'landed', address, action, answer });
      return { state: 'landed', answer };
    } catch (thrown) {
      if (!(thrown instanceof ServiceError)) throw thrown;
      const error = outcomeError(thrown);
      if (thrown.notSent) {
        await note({ event: 'failed', address, action, error, note: 'not sent' });
        return stopped() ? { state: 'stopped' } : { state: 'unsent', error };
      }
      sent += 1;
      await note({ event: thrown.unclear ? 'unknown' : 'failed', address, action, error });
      return { state: thrown.unclear ? 'unclear' : 'refused', error };
    }
  };
  return { send, note, counts: () => ({ sent, landed }), broken: () => broken };
};
