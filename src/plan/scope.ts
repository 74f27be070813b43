/** Which addresses a run is about: `--target` and `--exclude`, as addresses or patterns with `*`. */
import type { Address } from '../model/index.ts';

export interface Scope {
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
}

/** A pattern names an address, everything below it (`kind`, `kind/app`), or holds `*` for any run of characters. */
export const matchesAddress = (pattern: string, address: Address): boolean => {
  if (address === pattern || address.startsWith(`${pattern}/`)) return true;
  if (!pattern.includes('*')) return false;
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(address);
};

export const inScope = (scope: Scope, address: Address): boolean =>
  (scope.targets.length === 0 || scope.targets.some((pattern) => matchesAddress(pattern, address))) &&
  !scope.excludes.some((pattern) => matchesAddress(pattern, address));
