/**
 * Key pairs of webhooks, and signatures made with them: RSA-2048, the public
 * half as X.509 SubjectPublicKeyInfo, SHA256withRSA with PKCS#1 v1.5 over the
 * bytes of the body (webhooks-and-more.md 2.5).
 */
import { createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto';

/** Both halves as Base64 of DER. */
export interface KeyPair {
  readonly key: string;
  readonly private_key: string;
}

/** A pair takes long to make, so that one made for another portal of this process serves again. */
const made: KeyPair[] = [];

/** A pair that none of the taken public keys belongs to. */
export const pairBeside = (taken: ReadonlySet<string>): KeyPair => made.find(({ key }) => !taken.has(key)) ?? makePair();

const makePair = (): KeyPair => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const pair = { key: publicKey.toString('base64'), private_key: privateKey.toString('base64') };
  made.push(pair);
  return pair;
};

/** The same public key between the lines of PEM. */
export const pemOf = (key: string): string => `-----BEGIN PUBLIC KEY-----\n${key.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;

/** @param privateKey Base64 of DER, PKCS#8 */
export const signatureOf = (privateKey: string, body: string): string => {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return createSign('RSA-SHA256').update(body, 'utf8').sign(key, 'base64');
};
