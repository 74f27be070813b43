/** Why a plan may not be applied. Refusals are values: `plan` shows them, `apply` stops at them. */
import type { Change, KindPolicy, Refusal, Unmanaged } from '../model/index.ts';
import { matchesAddress } from './scope.ts';

export const refuseUnmanaged = (unmanaged: readonly Unmanaged[], policies: Readonly<Record<string, KindPolicy>>): readonly Refusal[] =>
  unmanaged
    .filter(({ kind }) => policies[kind]?.unmanaged === 'error')
    .map(({ address, kind }) => ({
      code: 'unmanaged',
      message: `${address} is live, and no file describes it`,
      address,
      hint: `Describe it, delete it in SalesIQ, or set \`unmanaged: keep\` for ${kind} in salesiq.yaml.`,
    }));

export const refuseProtected = (changes: readonly Change[], protect: readonly string[]): readonly Refusal[] =>
  changes
    .filter(({ address }) => protect.some((pattern) => matchesAddress(pattern, address)))
    .map((change) => ({
      code: 'protected',
      message: `${change.address} is protected, and the plan would ${change.action} it`,
      address: change.address,
      ...(change.origin === undefined ? {} : { origin: change.origin }),
      hint: 'Take it off `protect` in salesiq.yaml in a change of its own, or leave it as it is.',
    }));
