import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenSeals, decode, encode, seal } from '../../src/apply/stored.ts';

const secret = { name: 'HOOK_KEY', value: 'k-93ab$x' };
const other = { name: 'LONGER', value: 'k-93ab$x-and-more' };
const environment = { HOOK_KEY: secret.value, LONGER: other.value };

describe('state in files', () => {
  it('reads back exactly what was stored, whatever dollars and braces the texts hold', () => {
    const piece = fc.constantFrom('$', '$$', '${', '${env:HOOK_KEY}', '${$}', '}', secret.value, other.value, 'plain', '$${', '');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(decode(encode({ list: [text], text }, [secret, other]), environment)).toEqual({ list: [text], text });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never holds the value of a secret, only its expression', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = JSON.stringify(encode(`${before}${secret.value}${after}`, [secret]));
        expect(text).toContain('${env:HOOK_KEY}');
        expect(text).not.toContain(secret.value);
      }),
    );
  });

  it('notices a variable that says something else, without knowing what it said', () => {
    const seals = seal([secret, other], () => 'salt of this test');
    expect(JSON.stringify(seals)).not.toContain(secret.value);
    expect(brokenSeals(seals, environment)).toEqual([]);
    expect(brokenSeals(seals, { ...environment, HOOK_KEY: 'k-93ab$y' })).toEqual(['HOOK_KEY']);
  });
});
