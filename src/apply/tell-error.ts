/** What ended the writing or the reading, in words. */
import { type OutcomeError, ServiceError } from '../model/index.ts';
import { JournalError, outcomeError } from './send.ts';

/** Why nothing more can be written down, where that is so. */
export const errorIn = (error: JournalError | undefined): OutcomeError | undefined => (error === undefined ? undefined : errorOf(error));

/** What ended the writing or the reading, in words. A fault of this program too: what was written by then must still be told. */
export const errorOf = (error: unknown): OutcomeError => {
  if (error instanceof ServiceError) return outcomeError(error);
  if (!(error instanceof JournalError)) {
    const what = error instanceof Error ? error.message : String(error);
    return { message: `this should not have happened: ${what}`, hint: 'Please report it, with the command and its output.' };
  }
  return { message: `${error.message}, so nothing more was sent`, hint: 'Make room on the disk, then run apply again: it goes on from what is live.' };
};
