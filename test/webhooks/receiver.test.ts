import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openReceiver, type Received, type ReceiverOptions, summaryOf } from '../../src/webhooks/index.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const delivery = JSON.stringify({
  event: 'conversation.missed',
  entity_type: 'conversation',
  entity_id: '4001',
  attempt: 2,
  event_time: '1567065865617',
  entity: {},
});
const signed = (body: string): Record<string, string> => ({ 'x-siqsignature': createSign('RSA-SHA256').update(body).sign(pair.privateKey, 'base64') });

const withReceiver = async (options: Partial<ReceiverOptions>, work: (url: string, received: readonly Received[]) => Promise<void>): Promise<void> => {
  const received: Received[] = [];
  const receiver = await openReceiver({ port: 0, keys: [], ...options, onReceived: (one) => received.push(one) });
  try {
    await work(receiver.url, received);
  } finally {
    await receiver.close();
  }
};

const post = (url: string, body: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', body, headers }).then(({ status }) => status);

describe('the receiver', () => {
  it('answers the probe with 200', async () => {
    await withReceiver({ keys: [key], failWith: 500 }, async (url, received) => {
      expect((await fetch(`${url}/hook`, { method: 'HEAD' })).status).toBe(200);
      expect(received).toEqual([{ method: 'HEAD', path: '/hook', answered: 200, bytes: 0 }]);
    });
  });

  it('tells what came, and who signed it', async () => {
    await withReceiver({ keys: [key] }, async (url, received) => {
      expect(await post(url, delivery, signed(delivery))).toBe(200);
      expect(await post(url, `${delivery} `, signed(delivery))).toBe(401);
      expect(await post(url, delivery)).toBe(401);
      expect(received.map(({ signature }) => signature)).toEqual(['valid', 'invalid', 'missing']);
      expect(received[0]).toMatchObject({ event: 'conversation.missed', entity: 'conversation', entityId: '4001', attempt: 2, time: 1567065865617 });
    });
  });

  it('checks nothing without a key', async () => {
    await withReceiver({}, async (url, received) => {
      expect(await post(url, delivery, signed(delivery))).toBe(200);
      expect(received).toMatchObject([{ signature: 'unchecked', body: JSON.parse(delivery) }]);
    });
  });

  it('fails as it is told to, so that retries can be seen', async () => {
    await withReceiver({ failWith: 503 }, async (url, received) => {
      expect(await post(url, delivery)).toBe(503);
      expect(received).toMatchObject([{ answered: 503 }]);
    });
  });

  it('takes what is no JSON, and refuses what is too large or not sent by POST', async () => {
    await withReceiver({ mostBytes: 100 }, async (url, received) => {
      expect(await post(url, 'not json')).toBe(200);
      expect(await post(url, 'x'.repeat(101))).toBe(413);
      expect((await fetch(url)).status).toBe(405);
      expect(received.map(({ bytes, body }) => [bytes, body])).toEqual([
        [8, undefined],
        [101, undefined],
        [0, undefined],
      ]);
    });
  });

  it('says so when the port is taken', async () => {
    await withReceiver({}, async (url) => {
      await expect(openReceiver({ port: Number(new URL(url).port), keys: [], onReceived: () => undefined })).rejects.toThrow(/EADDRINUSE/);
    });
  });
});

describe('the envelope', () => {
  it('is read in each of its forms', () => {
    expect(summaryOf({ event: 'operator.created', entity_type: 'operator', entity_id: 115, attempt: '1' })).toEqual({
      event: 'operator.created',
      entity: 'operator',
      entityId: '115',
      attempt: 1,
    });
    expect(summaryOf({ id: '4001', rating: 4 })).toEqual({ entityId: '4001' });
    expect(summaryOf(['x'])).toEqual({});
  });
});
