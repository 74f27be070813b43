/** Sends one write and says what became of it, in four words; each is in the journal before and after. */
import { type Address, type Answer, type OutcomeError, type Request, ServiceError, type Writer } from '../model/index.ts';

/** What became of one write. `unclear`: it was sent, and no clear answer came. */
export type Sent =
  | { readonly state: 'landed'; readonly answer: Answer }
  | { readonly state: 'refused'; readonly error: OutcomeError }
  | { readonly state: 'unclear'; readonly error: OutcomeError }
  | { readonly state: 'stopped' };

/** Where what happens is written down: see journal.ts. */
export interface Journal {
  readonly record: (entry: JournalEntry) => Promise<void>;
}

export interface JournalEntry {
  readonly event: 'planned' | 'sent' | 'landed' | 'failed' | 'unknown' | 'created' | 'verified' | 'finished';
  readonly address?: Address;
  readonly action?: string;
  readonly request?: Request;
  readonly answer?: Answer;
  readonly error?: OutcomeError;
  readonly note?: string;
}

export type Send = (address: Address, action: string, request: Request) => Promise<Sent>;

export const outcomeError = (error: ServiceError): OutcomeError => ({
  message: error.message,
  ...(error.code === undefined ? {} : { code: error.code }),
  ...(error.field === undefined ? {} : { field: error.field }),
  method: error.method,
  path: error.path,
  ...(error.hint === undefined ? {} : { hint: error.hint }),
});

/**
 * @param stopped true once nothing more shall be sent (Ctrl-C)
 * @param counts kept up to date: calls sent, and calls that the service accepted
 */
export const sender =
  (writer: Writer, journal: Journal, stopped: () => boolean, counts: { sent: number; landed: number }): Send =>
  async (address, action, request) => {
    if (stopped()) return { state: 'stopped' };
    await journal.record({ event: 'sent', address, action, request });
    counts.sent += 1;
    try {
      const answer = await writer.send(request);
      counts.landed += 1;
      await journal.record({ event: 'landed', address, action, answer });
      return { state: 'landed', answer };
    } catch (thrown) {
      if (!(thrown instanceof ServiceError)) throw thrown;
      const error = outcomeError(thrown);
      await journal.record({ event: thrown.unclear ? 'unknown' : 'failed', address, action, error });
      return { state: thrown.unclear ? 'unclear' : 'refused', error };
    }
  };
