import { describe, expect, test } from 'vitest';
import { openPool, openReader } from '../../src/api/index.ts';
import { connectionTo, openPortal, refreshCredentials } from './support/portal.ts';
import { list } from './support/server.ts';
import { jumpingClock } from './support/timing.ts';

describe('connections that share a pool', () => {
  test('keep one pace at one server between them', async () => {
    const { server } = await openPortal({ answers: [list()] });
    const pool = openPool();
    const clock = jumpingClock();
    const begin = clock.elapsed();
    const readers = ['kreuzberg', 'neukoelln', 'wedding'].map((screenname) =>
      openReader(connectionTo(server, { screenname, pool, ratePerMinute: 60 }), {}, { timing: clock }),
    );
    for (const reader of readers) for (let call = 0; call < 10; call += 1) await reader.get('/tags');
    for (const reader of readers) reader.close();
    // 30 calls at 60 a minute: a burst of 10 goes at once, the other 20 take a second each.
    expect(clock.elapsed() - begin).toBe(20_000);
  });

  test('ask for one token where they have one refresh token', async () => {
    const { server } = await openPortal({ answers: [list()] });
    const pool = openPool();
    for (let round = 0; round < 15; round += 1) {
      const reader = openReader(connectionTo(server, { pool }), {}, { timing: jumpingClock() });
      await reader.get('/tags');
      reader.close();
    }
    const other = openReader(
      connectionTo(server, { pool, credentials: { ...refreshCredentials, refreshToken: '1000.of.wedding' } }),
      {},
      { timing: jumpingClock() },
    );
    await other.get('/tags');
    other.close();
    expect(server.tokenCalls).toHaveLength(2);
  });

  test('read four at a time at one server, however many they are', async () => {
    const { server } = await openPortal({ answers: [{ ...list(), after: 20 }] });
    const pool = openPool();
    const readers = [1, 2, 3].map(() => openReader(connectionTo(server, { pool }), {}, { timing: jumpingClock() }));
    await Promise.all(readers.flatMap((reader) => [1, 2, 3, 4].map((one) => reader.get(`/${one}`))));
    for (const reader of readers) reader.close();
    expect(server.mostAtOnce()).toBe(4);
  });
});
