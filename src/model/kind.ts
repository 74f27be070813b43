import type { Json, JsonObject } from './json.ts';
import type { Action } from './plan.ts';
import type { Query, Request } from './request.ts';

/** A JSON Schema (draft 2020-12) as a literal. */
export type Schema = { readonly [key: string]: unknown };

/** Turns a reference into the service's id. Throws ShapeError where the name is not known (plan has checked that before). */
export type IdOf = (kind: string, key: string) => string;

/** Turns an id into the key that people use; an id that nothing carries becomes `#id`. */
export type NameOf = (kind: string, id: string) => string;

/** A field that names another resource. `path` uses `[]` for each entry of a list: `route.departments[]`. */
export interface RefRule {
  readonly path: string;
  readonly kind: string;
  /**
   * Two kinds refer to each other, and this is the side that is created first:
   * what is not there yet is left out and added by `requests.members` when it
   * is. Where nothing would be left, a live one stands in meanwhile. Such a
   * path is a list at the top of the spec: `operators[]`.
   */
  readonly later?: true;
  /** The list of the other kind that says the same from its side: files that describe both must agree. */
  readonly mirror?: string;
}

/** A list that has calls of its own for what comes and what goes, instead of a place in the update. */
export interface MembersRule {
  /** A list at the top of the spec: `operators`. */
  readonly field: string;
  readonly add: (id: string, ids: readonly string[]) => Request;
  readonly remove: (id: string, ids: readonly string[]) => Request;
}

/** Text that may stand in a file beside the YAML file: `field` is the spec's, `file` the key that names the file instead. */
export interface ContentFileRule {
  readonly field: string;
  readonly file: string;
}

/**
 * How a list comes in pages (platform-and-people.md 1.8). `index`: the number
 * counts batches or entries, from `first` or, where no page says so, from 0 or
 * 1; what is not known is found out by asking.
 * `page`: batches from 1. `size` is sent as `limit` where it is given; `usual`
 * is what the service gives where it pays no heed to a limit.
 */
export type Paging = { readonly by: 'index' | 'page'; readonly first?: 0 | 1; readonly size?: number; readonly usual: number };

/** A field of a vocabulary that is only partly known: other values are passed on with a warning. `path` as in RefRule. */
export interface VocabularyRule {
  readonly path: string;
  readonly what: string;
  readonly known: readonly string[];
}

/** The criteria field names that are known for a kind's module, with their comparators where the pages list them (rules.md 2.4). */
export interface CriteriaVocabulary {
  readonly fields: Readonly<Record<string, { readonly comparators?: readonly string[]; readonly values?: readonly string[] }>>;
}

/** One GET that lists a kind. */
export interface ListCall {
  readonly path: string;
  readonly query?: Query;
  readonly paging?: Paging;
  /** What tells entries of the list apart; absent: their `id`. */
  readonly idOf?: (entry: JsonObject) => string;
  /** The list inside `data`. Throws ShapeError when it is not there. */
  readonly items: (data: Json) => readonly Json[];
  /** Values that stand beside the list and are only reported. */
  readonly reports?: (data: Json) => Readonly<Record<string, string>>;
}

/** What one raw entry says. `spec` holds every field that we own, with references as keys. */
export interface FromApi {
  readonly id: string;
  readonly key: string;
  readonly app?: string;
  readonly spec: JsonObject;
  readonly position?: number;
  /** Deleted on the service's side but still listed: known by its id, no longer by its key. */
  readonly retired?: boolean;
  /** Made by the service and not to be changed: it can be referred to, and no file describes it. */
  readonly builtIn?: boolean;
}

/** The list that a kind's rules stand in. */
export interface OrderRule {
  /** The YAML key of the order list. */
  readonly list: string;
  /** The call that gives a rule a position (rules.md 1.2: a number for routing, text for triggers). */
  readonly place: (id: string, position: number) => Request;
}

/** How a kind is written. Every call is data; sending is somebody else's work. */
export interface KindRequests {
  readonly create?: (spec: JsonObject, idOf: IdOf) => Request;
  /** All documented details; what the files leave out comes from `raw`, the service's own form. Several calls where the service wants several. */
  readonly update?: (id: string, spec: JsonObject, raw: JsonObject, idOf: IdOf) => Request | readonly Request[];
  /** The forms of the call that switches a resource on or off (`switchField`); where pages contradict each other there are two, tried in turn. */
  readonly enable?: readonly ((id: string, enabled: boolean) => Request)[];
  readonly members?: readonly MembersRule[];
  /** @param heir the id of the one that takes over, for kinds with `heir` */
  readonly delete?: (id: string, heir: string | undefined) => Request;
}

/** OAuth scopes in full (platform-and-people.md 1.6, rules.md 1.1). */
export interface Scopes {
  /** For the lists and the details. */
  readonly read: readonly string[];
  /** For all that `manages` names; none where nothing is written. */
  readonly write: readonly string[];
}

/** A sort of resource: a flat record of facts with a few pure functions. Nothing else in the program knows a kind by name. */
export interface Kind {
  /** The YAML key, and the first part of an address. */
  readonly name: string;
  /** What one of them is called in a message: `visitor routing rule`. */
  readonly title: string;
  readonly doc: string;
  /** Page and section of the service's facts. */
  readonly source: string;
  readonly scopes: Scopes;
  /** The schema of one resource as people write it; absent for kinds that are only read for references. */
  readonly schema?: Schema;
  /** `list`: many resources; `singleton`: one mapping. */
  readonly shape: 'list' | 'singleton';
  /**
   * The fields that make the key (those that are there, joined by a blank),
   * after the app where `inApp`; `each`: one that names no app stands for one
   * in each. `content` for kinds that the service stores no name for (their
   * YAML has `key`).
   */
  readonly identity:
    | { readonly by: 'fields'; readonly fields: readonly string[]; readonly inApp: boolean | 'each' }
    | { readonly by: 'content'; readonly criteria: string };
  readonly refs: readonly RefRule[];
  readonly manages: readonly Action[];
  /** Actions that reach further than configuration: off unless salesiq.yaml says `kinds: { NAME: { create: true } }`. */
  readonly optional?: readonly Action[];
  /** On deletion the service asks who takes over what was in it: salesiq.yaml, `kinds: { NAME: { move_to: … } }`. */
  readonly heir?: true;
  /** The field that `requests.enable` is about; absent: `enabled`, which new ones begin with as true. Any other begins as false. */
  readonly switchField?: string;
  /** The service has some of its own that no file describes: a name that the files do not know may be one of them. */
  readonly hasBuiltIn?: true;
  /** A switch whose resources may leave the list when it is on, and need not be in it: archived ones. */
  readonly goneWhen?: string;
  /** Fields that the service takes and never tells: sent with what else is written, never compared. */
  readonly writeOnly?: readonly string[];
  /** Fields that no call changes: a resource keeps them for as long as it lives. */
  readonly fixed?: readonly string[];
  /** Fields that a creation does not take: an update follows it where one of them is given. */
  readonly updateOnly?: readonly string[];
  readonly contentFiles?: readonly ContentFileRule[];
  /** Fields without which the service takes no new one. */
  readonly needs: readonly string[];
  readonly order?: OrderRule;
  readonly vocabulary: readonly VocabularyRule[];
  readonly criteria?: CriteriaVocabulary;
  /** Files' form → normalised spec (one form for what can be written in several ways). Defaults are not filled in here. */
  readonly normalise: (written: JsonObject) => JsonObject;
  /** Extra checks that a schema cannot say: messages with the path they are about. */
  readonly check?: (
    spec: JsonObject,
  ) => readonly { readonly path: readonly (string | number)[]; readonly message: string; readonly severity: 'error' | 'warning' }[];
  readonly lists: readonly ListCall[];
  /** The call that gives one entry whole, where a list entry may be short; `isShort` tells. */
  readonly details?: { readonly isShort: (raw: JsonObject) => boolean; readonly path: (id: string) => string };
  readonly fromApi: (raw: JsonObject, nameOf: NameOf) => FromApi;
  readonly requests: KindRequests;
  /** What a resource is when a field is cleared with null: path → value; others are removed. */
  readonly cleared: Readonly<Record<string, Json>>;
}

/** The field that `requests.enable` is about. */
export const switchFieldOf = (kind: Pick<Kind, 'switchField'>): string => kind.switchField ?? 'enabled';

/** What the switch of a new resource is taken to be as long as the service does not say. */
export const switchStart = (kind: Pick<Kind, 'switchField'>): boolean => switchFieldOf(kind) === 'enabled';

/** Which call of an update a field goes with: the switch, the calls of a list of members, or the details. */
export type Part = 'enable' | 'members' | 'details';

/** @param path of a field, as text */
export const partOf = (kind: Pick<Kind, 'switchField' | 'requests'>, path: string): Part => {
  if (kind.requests.enable !== undefined && path === switchFieldOf(kind)) return 'enable';
  return kind.requests.members?.some(({ field }) => path === field || path.startsWith(`${field}[`)) === true ? 'members' : 'details';
};

/** What several of a kind are called in a message: `article categories`. @param title of its kind */
export const pluralOf = (title: string): string => (/[^aeiou]y$/.test(title) ? `${title.slice(0, -1)}ies` : `${title}s`);
