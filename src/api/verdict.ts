/** What an answer, or the lack of one, means: the words that `envelope`, `exchange` and `repeat` share. */
import type { Answer, JsonObject } from '../model/index.ts';

/** What a person is told about a call that failed. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
  readonly code?: number;
  readonly field?: string;
  readonly status?: number;
  /** For how long it asks to be left alone. */
  readonly restMs?: number;
}

/** An answer with what stands beside its data. */
export interface WholeAnswer extends Answer {
  /** The body as it came, where it was asked for and is a mapping: `url`, `sync_time`, `more_data_available` and the like. */
  readonly envelope?: JsonObject;
  /** A body that is a file. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array };
}

export type Verdict =
  | { readonly type: 'accepted'; readonly answer: WholeAnswer; readonly status: number }
  /** A clear no: nothing was done, and asking again would change nothing. */
  | { readonly type: 'refused'; readonly problem: Problem }
  /** 1008 or HTTP 401: not done, and a fresh token may help. */
  | { readonly type: 'token-refused'; readonly problem: Problem }
  /** 1023 or HTTP 429: not done, and waiting helps. */
  | { readonly type: 'throttled'; readonly problem: Problem; readonly retryAfterMs: number }
  /** No clear answer: a read may be repeated, a write may have landed. */
  | { readonly type: 'fault'; readonly problem: Problem; readonly retryAfterMs: number }
  /** A clear answer of a shape that no page describes: the same would come again; a write may have landed. */
  | { readonly type: 'not-understood'; readonly problem: Problem }
  /** The call did not leave this machine: a read may be repeated, a write has not landed. */
  | { readonly type: 'not-sent'; readonly problem: Problem };

/** Text of a stranger, fit for one line of a terminal and a log: no control characters, no line ends. It is shortened only after secrets were taken out, or half of one could stay. */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
