/** What a resource module is made of: routes for the server, and a reader for its part of a seed. */
import type { Occurrence } from './events.ts';
import type { Json } from './json.ts';
import type { Random } from './random.ts';
import type { Spot } from './spot.ts';
import type { PortalState } from './state.ts';
import type { Switches } from './switches.ts';

/** One request that has passed every check before its fields. */
export interface Call {
  readonly state: PortalState;
  /** The portal as lists show it; behind `state` while a `list-lag` fault lasts. */
  readonly listed: PortalState;
  readonly switches: Switches;
  readonly param: (name: string) => string;
  readonly query: (name: string) => string | undefined;
  readonly body: Spot;
  /** The request path, and the same with its query. */
  readonly path: string;
  readonly fullPath: string;
  /** `/api/v2/{screenname}` */
  readonly base: string;
  readonly accept: string;
  /** The file of a multipart body; undefined for a body of another form. */
  readonly upload: () => Promise<Upload | undefined>;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly random: Random;
  /** The text made from a row, made once for as long as row, apps and switches stay the same. */
  readonly memo: (row: object, make: () => string) => string;
}

/** A file with what is said about it (platform-and-people.md 7.2). */
export interface Upload {
  readonly name: string;
  readonly size: number;
  readonly comment: string;
}

/** Where paths begin; all have the screenname behind it (platform-and-people.md 1.2). */
export type Family = 'api/v2' | 'api/v1' | 'api/v3' | 'visitor/v2' | 'api/visitor/v1';

export interface Reply {
  /** Which answer switch applies; `fixed` answers are documented whole and none does. */
  readonly kind: 'list' | 'fixed' | 'create' | 'update' | 'delete';
  readonly object: string;
  /** The text of `data`. */
  readonly data: string;
  /** The request path when absent. */
  readonly url?: string;
  /** Of the thing made or deleted. */
  readonly id?: string;
  /** Samples of this answer carry sync_time. */
  readonly synced?: true;
  /** A checksum over the list: departments only (platform-and-people.md 4.2). */
  readonly checksum?: true;
  /** Number of rows beside the list: blocked IPs only (webhooks-and-more.md 6). */
  readonly total?: number | string;
  /** What the portal is from now on; absent when nothing is written. */
  readonly state?: PortalState;
  /** Keys that stand beside `data`. */
  readonly beside?: { readonly [key: string]: Json };
  /** Answered without a body. */
  readonly silent?: boolean;
  /** The envelope of v1 holds `data` alone (platform-and-people.md 1.10). */
  readonly bare?: true;
  /** What webhooks are to hear of, once the state is kept. */
  readonly events?: readonly Occurrence[];
  /** Failed executions to deliver once more. */
  readonly retries?: { readonly webhook: string; readonly executions: readonly string[] };
  /** Sent instead of an envelope. */
  readonly file?: { readonly type: string; readonly text: string };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  readonly method: Method;
  /** Below `/api/v2/{screenname}/`, or below `/api/v2/` where `root` says so; `:name` stands for one segment. */
  readonly path: string;
  readonly root?: true;
  /** `api/v2` when absent. */
  readonly family?: Family;
  /** `departments.UPDATE`, without the prefix. */
  readonly scope: string;
  /** json: a body must be there; either: it may; upload: JSON or multipart; absent: none is read. */
  readonly body?: 'json' | 'either' | 'upload';
  /** False hides the route under these switches. */
  readonly exists?: (switches: Switches) => boolean;
  readonly run: (call: Call) => Reply | Promise<Reply>;
}

/** What a seed is read with. */
export interface Birth {
  readonly now: string;
  readonly ownerId: string;
  readonly switches: Switches;
}

export interface Section {
  /** The keys of the seed that this section reads. */
  readonly keys: readonly string[];
  readonly routes: readonly Route[];
  /** Reads its keys of the seed's root into the state. */
  readonly load: (seed: Spot, state: PortalState, birth: Birth) => PortalState;
}

/** An id as its page shows it, or as `id-type` wants them all. */
export const idAs = (call: Pick<Call, 'switches'>, documented: 'number' | 'string', id: string): Json => {
  const wanted = call.switches['id-type'] === 'documented' ? documented : call.switches['id-type'];
  return wanted === 'number' && /^\d+$/.test(id) ? BigInt(id) : id;
};
