import type { Address, Origin } from './resource.ts';

/** Something to tell the person who wrote the files. Errors stop the command before any request that writes. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** A stable short name, such as `unknown-key`. */
  readonly code: string;
  readonly message: string;
  readonly origin?: Origin;
  readonly address?: Address;
  /** What to do about it. */
  readonly hint?: string;
}

/** Why the guard says no. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly address?: Address;
  readonly origin?: Origin;
  readonly hint: string;
}

/** File order, then place in the file, then code: the same findings always read the same. */
export const sortDiagnostics = (list: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...list].sort((a, b) => {
    const fileA = a.origin?.file ?? '￿';
    const fileB = b.origin?.file ?? '￿';
    if (fileA !== fileB) return fileA < fileB ? -1 : 1;
    const line = (a.origin?.line ?? 0) - (b.origin?.line ?? 0);
    if (line !== 0) return line;
    const column = (a.origin?.column ?? 0) - (b.origin?.column ?? 0);
    if (column !== 0) return column;
    return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
  });
