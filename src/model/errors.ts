import type { Diagnostic } from './diagnostic.ts';

/** A call to the service, or to its accounts server, that failed. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly method: string;
  readonly path: string;
  /** The service's own code (platform-and-people.md 1.4), where it gave one. */
  readonly code: number | undefined;
  /** The body key, parameter or header that the service named. */
  readonly field: string | undefined;
  /** A write was sent and no clear answer came: it may have landed. */
  readonly unclear: boolean;
  /** It never left: the run was interrupted, or has no calls left. */
  readonly notSent: boolean;
  readonly hint: string | undefined;
  /** For how long it asks to be left alone, in seconds, where it says so. */
  readonly restSeconds: number | undefined;

  constructor(
    message: string,
    details: {
      readonly method: string;
      readonly path: string;
      readonly code?: number | undefined;
      readonly field?: string | undefined;
      readonly unclear?: boolean;
      readonly notSent?: boolean;
      readonly hint?: string | undefined;
      readonly restSeconds?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.method = details.method;
    this.path = details.path;
    this.code = details.code;
    this.field = details.field;
    this.unclear = details.unclear ?? false;
    this.notSent = details.notSent ?? false;
    this.hint = details.hint;
    this.restSeconds = details.restSeconds;
  }
}

/** The service's answer does not have the documented shape. Thrown by the readers of `kinds/`; `live/` adds the call. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Something the person must mend before the command can run: files, flags, credentials. Exit code 1. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, details: { readonly hint?: string | undefined; readonly diagnostics?: readonly Diagnostic[]; readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.hint = details.hint;
    this.diagnostics = details.diagnostics ?? [];
  }
}

/** Another run holds what this one needs. Nothing was done; it may be done later. */
export class HeldError extends UserError {}
