import type { JsonObject } from './json.ts';
import type { Path } from './path.ts';

/** A place in a file: path relative to the project folder with forward slashes; line and column from 1; length in characters of what is meant. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

/** What messages, `protect` and `--target` call a resource: `kind/app/key`, `kind/key`, or `kind` for a singleton. */
export type Address = string;

/** A resource in any of the three states: normalised fields we own, references written as keys. */
export interface Resource {
  readonly kind: string;
  readonly app?: string;
  readonly key: string;
  readonly spec: JsonObject;
}

/** A name in a file that must be the key of another resource. */
export interface Reference {
  readonly path: Path;
  readonly kind: string;
  readonly key: string;
  readonly origin: Origin;
  /** What is written in the file, where the key came from the environment: messages show this instead. */
  readonly expression?: string;
}

/** A resource as the files describe it: only the fields that are written there. */
export interface DesiredResource extends Resource {
  readonly origin: Origin;
  /** Names that only the portal can confirm. */
  readonly references: readonly Reference[];
  /** Old keys under which the resource may still be live. */
  readonly previously: readonly string[];
  /** Fields whose value came from the environment: never shown. */
  readonly sensitive: readonly SensitiveField[];
  /** The key with the environment's values in it, where `key` shows the expression instead: what the live key is compared with. */
  readonly secretKey?: string;
  /** An explicit `key` in the files of a kind that has a name: it stays when the name changes. */
  readonly lastingKey?: string;
  /** Fields that come from files of their own: paths from the project folder. */
  readonly contentFiles?: readonly { readonly field: string; readonly path: string }[];
  /** The live one that it is, where that is known beforehand: a rollback knows. */
  readonly liveId?: string;
}

/** A field of a spec that holds a value of the environment, and what is written for it in the file: `${env:HOOK}/salesiq`. */
export interface SensitiveField {
  /** As text (see pathText), to the innermost mapping key: never into a list of texts. */
  readonly path: string;
  readonly expression: string;
}

/** A resource as the service has it. */
export interface LiveResource extends Resource {
  readonly id: string;
  /** The service's own form of it, for what an update must send back unchanged. */
  readonly raw: JsonObject;
  /** The place the service reports, for kinds that stand in an order. */
  readonly position?: number;
  /** Deleted on the service's side but still listed: known by its id, no longer by its key. */
  readonly retired?: boolean;
  /** Made by the service and not to be changed: it can be referred to, and no file describes it. */
  readonly builtIn?: boolean;
}

export const addressOf = (resource: { kind: string; app?: string | undefined; key: string }): Address =>
  [resource.kind, ...(resource.app === undefined ? [] : [resource.app]), ...(resource.key === '' ? [] : [resource.key])].join('/');
