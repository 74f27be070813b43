import { createSign, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyPem, verifyWebhookSignature } from '../../src/webhooks/index.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const bare = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const otherPem = other.publicKey.export({ format: 'pem', type: 'spki' }).toString();

const body = '{"event":"conversation.created","entity":{"question":"Où est mon thé ? 🫖"},"attempt":1}';
const signatureOf = (text: string | Uint8Array): string => createSign('RSA-SHA256').update(text).sign(pair.privateKey, 'base64');
const signature = signatureOf(body);

describe('a signature', () => {
  it('fits the body that was signed, as bytes or as text, with the key as PEM or bare', () => {
    for (const publicKey of [pem, bare, `${bare}\n`, pem.replaceAll('\n', '\r\n'), bare.replace(/.{64}/g, '$&\n')]) {
      expect(verifyWebhookSignature({ body, signature, publicKey })).toBe(true);
      expect(verifyWebhookSignature({ body: Buffer.from(body), signature: ` ${signature}\n`, publicKey })).toBe(true);
    }
  });

  it('fits no body with one byte changed, wherever', () => {
    const bytes = Buffer.from(body);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;
        return !verifyWebhookSignature({ body: changed, signature, publicKey: pem });
      }),
      { numRuns: 60 },
    );
    expect(verifyWebhookSignature({ body: `${body}\n`, signature, publicKey: pem })).toBe(false);
  });

  it('fits no signature with one bit changed', () => {
    const bytes = Buffer.from(signature, 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !verifyWebhookSignature({ body, signature: changed.toString('base64'), publicKey: pem });
      }),
      { numRuns: 60 },
    );
  });

  it('needs one of several keys to fit, in any place, as while keys are rotated', () => {
    expect(verifyWebhookSignature({ body, signature, publicKey: [otherPem, bare] })).toBe(true);
    expect(verifyWebhookSignature({ body, signature, publicKey: [pem, 'no key at all'] })).toBe(true);
    expect(verifyWebhookSignature({ body, signature, publicKey: [otherPem] })).toBe(false);
    expect(verifyWebhookSignature({ body, signature, publicKey: [] })).toBe(false);
  });

  it('is never an exception, whatever it is made of', () => {
    const wrong = [undefined, '', ' ', 'é', '====', 'AAAA', signature.slice(0, -4), `${signature}AAAA`, pem];
    for (const one of wrong) expect(verifyWebhookSignature({ body, signature: one, publicKey: pem })).toBe(false);
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ecSignature = sign('sha256', Buffer.from(body), ec.privateKey).toString('base64');
    const keys = [
      '',
      '45678998765',
      'AAAA',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      ec.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ];
    for (const publicKey of keys) {
      expect(verifyWebhookSignature({ body, signature, publicKey })).toBe(false);
      expect(verifyWebhookSignature({ body, signature: ecSignature, publicKey })).toBe(false);
    }
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => !verifyWebhookSignature({ body: a, signature: b, publicKey: c })));
  });

  it('is not taken with another padding or another hash', () => {
    const sha1 = createSign('RSA-SHA1').update(body).sign(pair.privateKey, 'base64');
    const pss = sign('sha256', Buffer.from(body), { key: pair.privateKey, padding: 6 }).toString('base64');
    expect(verifyWebhookSignature({ body, signature: sha1, publicKey: pem })).toBe(false);
    expect(verifyWebhookSignature({ body, signature: pss, publicKey: pem })).toBe(false);
  });
});

describe('a public key', () => {
  it('is shown as PEM, however it was written', () => {
    expect(publicKeyPem(bare)).toBe(pem);
    expect(publicKeyPem(pem)).toBe(pem);
    expect(publicKeyPem('45678998765')).toBeUndefined();
  });
});
