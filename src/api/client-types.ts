/** The client's type, read off the table: nothing here is written twice. */
import type { Json, JsonObject } from '../model/index.ts';
import type { FileToSend } from './caller.ts';
import type { LiteralEndpoint } from './endpoints.ts';
import type { Closable } from './open.ts';
import type { WholeAnswer } from './verdict.ts';

/** A value of a query; lists are joined by commas. */
export type QueryValue = string | number | boolean | readonly (string | number)[];

/** The documented parameters of a call by name, and whatever else the service may know. */
export type QueryOf<E> = { readonly [K in E extends { readonly query: readonly (infer Q extends string)[] } ? Q : never]?: QueryValue } & {
  readonly [other: string]: QueryValue | undefined;
};

/** One text for each parameter of the path; the screenname is that of the connection. */
export type ParametersOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name extends 'screenname'
    ? ParametersOf<Rest>
    : [string, ...ParametersOf<Rest>]
  : [];

type BodyOf<E> = E extends { readonly contentType: 'json' }
  ? { readonly body: JsonObject }
  : E extends { readonly contentType: 'multipart' }
    ? { readonly file: FileToSend; readonly form?: Readonly<Record<string, string>> }
    : E extends { readonly contentType: 'form' }
      ? { readonly form: Readonly<Record<string, string>> }
      : unknown;

type OptionsOf<E> = { readonly query?: QueryOf<E> } & BodyOf<E>;

type LastOf<E> = E extends { readonly contentType: string } ? [options: OptionsOf<E>] : [options?: OptionsOf<E>];

type Path<E> = E extends { readonly path: infer P extends string } ? P : never;

/** Reading a list to its end, in parts or at once. Each entry comes once. */
export interface ListCalls<E> {
  /** All entries. Throws ServiceError: a list that breaks off is never a short one. */
  readonly all: (...args: [...ParametersOf<Path<E>>, options?: { readonly query?: QueryOf<E> }]) => Promise<readonly Json[]>;
  /** The entries as they come, part by part. */
  readonly pages: (...args: [...ParametersOf<Path<E>>, options?: { readonly query?: QueryOf<E> }]) => AsyncGenerator<readonly Json[], void, undefined>;
}

type IsList<E> = E extends { readonly paging: unknown } | { readonly items: string } | { readonly name: `${string}.list` } ? true : false;

/** One call: parameters of the path first, then what goes with it. Throws ServiceError. */
export type CallOf<E> = ((...args: [...ParametersOf<Path<E>>, ...LastOf<E>]) => Promise<WholeAnswer>) & (IsList<E> extends true ? ListCalls<E> : unknown);

type HeadOf<Name, Before extends string> = Name extends `${Before}${infer Head}.${string}` ? Head : Name extends `${Before}${infer Head}` ? Head : never;

type Named<E, Pattern> = E extends { readonly name: Pattern } ? E : never;

type Branch<E extends { readonly name: string }, Before extends string> = {
  readonly [Head in HeadOf<E['name'], Before>]: `${Before}${Head}` extends E['name']
    ? CallOf<Named<E, `${Before}${Head}`>>
    : Branch<Named<E, `${Before}${Head}.${string}`>, `${Before}${Head}.`>;
};

/** Every call of the table under its name: `client.webhooks.executions.retry(id, { body: { ids } })`. */
export type SalesIQClient = Branch<LiteralEndpoint, ''> & Closable;
