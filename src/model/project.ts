import type { Diagnostic } from './diagnostic.ts';
import type { Origin } from './resource.ts';
import type { KindPolicy } from './state.ts';

/** salesiq.yaml, understood. */
export interface Project {
  readonly portals: Readonly<Record<string, Portal>>;
  readonly policies: Readonly<Record<string, KindPolicy>>;
  readonly limits: Limits;
  /** Patterns of addresses that must not change. */
  readonly protect: readonly string[];
}

/** How much one plan may delete and update of a kind, as shares of its live resources; kinds with fewer than `minExisting` live ones are free of it. */
export interface Limits {
  /** 0 to 1. */
  readonly deletes: number;
  /** 0 to 1. */
  readonly updates: number;
  readonly minExisting: number;
}

/** One portal of salesiq.yaml. */
export interface Portal {
  readonly name: string;
  readonly origin: Origin;
  /** As written: they may hold `${env:NAME}`, which is filled in where they are used, so that no secret stands here. */
  readonly variables: Readonly<Record<string, string>>;
  readonly place: PortalPlace;
}

/** Where the portal is: in a data centre, at given addresses, or a state file of the built-in sandbox. */
export type PortalPlace =
  | { readonly type: 'data-center'; readonly screenname: string; readonly dataCenter: string }
  | { readonly type: 'server'; readonly screenname: string; readonly server: string; readonly accountsServer: string }
  | { readonly type: 'sandbox'; readonly file: string; readonly seed?: string; readonly screenname?: string };

/** A file as read: path relative to the project folder, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** It is there and could not be read (the reason was reported): its text is empty here, and what it says is unknown. */
  readonly unread?: true;
}

/** What reading files gives: a value where there are no errors, and all findings. */
export interface Reading<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}
