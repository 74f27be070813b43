import { describe, expect, it } from 'vitest';
import { fitting } from '../../src/commands/ci-publish.ts';

describe('a comment', () => {
  it('fits by its bytes as by its characters, whatever it is written in', () => {
    for (const letter of ['a', 'é', '荷', '😀']) {
      const { text } = fitting((most) => ({ text: letter.repeat(Math.floor(most / letter.length)) }));
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
      expect(Buffer.byteLength(text)).toBeGreaterThan(55_000);
    }
  });
});
