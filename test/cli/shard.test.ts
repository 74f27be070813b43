import { describe, expect, it } from 'vitest';
import { shardOf } from '../../src/cli/flags.ts';

describe('--shard', () => {
  it.each([
    ['1/5', 1, 5],
    ['5/5', 5, 5],
    ['0+1/5', 1, 5],
    ['4+1/5', 5, 5],
    ['0+1/1', 1, 1],
  ])('takes %s', (text, part, of) => {
    expect(shardOf(text)).toEqual({ part, of });
  });

  it.each(['0/5', '6/5', '5+1/5', '1+2/5', '+1/5', '0+1', '-1+1/5', '1/0', '0+1/0', '$(INDEX)+1/5', ''])('refuses %j', (text) => {
    expect(() => shardOf(text)).toThrow('I from 1 to N');
  });
});
