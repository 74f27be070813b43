import { describe, expect, it } from 'vitest';
import { scopesToWrite } from '../../src/commands/doctor-scopes.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { KindPolicy } from '../../src/model/index.ts';

const policy = (more: Partial<KindPolicy>): KindPolicy => ({ mode: 'manage', unmanaged: 'keep', ...more });

const scopesFor = (name: string, more: Partial<KindPolicy> = {}): readonly string[] =>
  kinds.filter((kind) => kind.name === name).flatMap((kind) => scopesToWrite(kind, policy(more)));

describe('the scopes that apply needs', () => {
  it.each(kinds.filter(({ manages }) => manages.length > 0).map((kind) => [kind.name, kind] as const))(
    'for all that %s can be are those that it asks for, by the table of calls',
    (_name, kind) => {
      expect(scopesToWrite(kind, policy({ create: true, delete: true }))).toEqual(kind.scopes.write);
    },
  );

  it('leave out what salesiq.yaml does not allow, unless another call has it', () => {
    // Taking an operator out of a department is a DELETE too.
    expect(scopesFor('operators')).toEqual(['SalesIQ.operators.UPDATE', 'SalesIQ.operators.DELETE']);
    expect(scopesFor('operators', { create: true })).toContain('SalesIQ.operators.CREATE');
    expect(scopesFor('apps')).not.toContain('SalesIQ.apps.DELETE');
    expect(scopesFor('trigger_rules', { delete: false })).toEqual(['SalesIQ.triggerrules.CREATE', 'SalesIQ.triggerrules.UPDATE']);
  });
});
