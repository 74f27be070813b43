/**
 * Signatures of deliveries: SHA256withRSA (PKCS#1 v1.5) over the bytes of the
 * body, Base64, in the header x-siqsignature; the public key is an X.509
 * SubjectPublicKeyInfo (webhooks-and-more.md 2.5).
 */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';

export interface WebhookSignature {
  /** The body as it came over the wire. A text is taken as UTF-8; one that was parsed and written again will not fit. */
  readonly body: Uint8Array | string;
  /** The value of the header `x-siqsignature`; a request without one is not signed. */
  readonly signature: string | undefined;
  /** The webhook's public key, as PEM or as bare Base64; while keys are rotated, both: one that fits is enough. */
  readonly publicKey: string | readonly string[];
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const derOf = (text: string): Buffer | undefined => {
  const pem = /-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/.exec(text);
  const bare = (pem?.[1] ?? text).replace(/\s+/g, '');
  return base64.test(bare) ? Buffer.from(bare, 'base64') : undefined;
};

const keyOf = (text: string): KeyObject | undefined => {
  try {
    const der = derOf(text);
    const key = der === undefined ? undefined : createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key?.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
};

/** The key as PEM, whichever way it was written; undefined for a text that is no public RSA key. */
export const publicKeyPem = (text: string): string | undefined => keyOf(text)?.export({ format: 'pem', type: 'spki' }).toString();

const fits = (body: Uint8Array, signature: Buffer, key: KeyObject): boolean => {
  try {
    return verify('sha256', body, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return false;
  }
};

/**
 * Whether SalesIQ signed this body with the private half of one of these keys.
 * Never throws: a signature or a key that cannot be read fits nothing. Answer
 * a delivery that is not signed with 401, and read nothing of it.
 *
 * ```ts
 * const raw = await readBody(request);            // bytes, not yet parsed
 * const isGenuine = verifyWebhookSignature({
 *   body: raw,
 *   signature: request.headers['x-siqsignature'],
 *   publicKey: [currentKey, nextKey],
 * });
 * ```
 */
export const verifyWebhookSignature = ({ body, signature, publicKey }: WebhookSignature): boolean => {
  if (typeof signature !== 'string') return false;
  const text = signature.trim();
  if (!base64.test(text)) return false;
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const signed = Buffer.from(text, 'base64');
  const keys = typeof publicKey === 'string' ? [publicKey] : publicKey;
  return keys.some((one) => {
    const key = keyOf(one);
    return key !== undefined && fits(bytes, signed, key);
  });
};
