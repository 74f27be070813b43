/** Encryptions (webhooks-and-more.md 4): no screenname in the path. The algorithm is unknown; the texts have the length of the samples and hide nothing. */
import { createHash } from 'node:crypto';
import { print } from '../json.ts';
import type { Call, Reply, Route } from '../route.ts';
import { child, complain, isAbsent, oneOf, texts } from '../spot.ts';

const mostValues = 20;
/** Hex digits of a sample text. */
const length = 50;

const encrypted = (value: string, call: Call): string =>
  call.switches['encrypted-text'] === 'fresh' ? call.random.hex(length) : createHash('sha256').update(`siqidentifiers ${value}`).digest('hex').slice(0, length);

const run = (call: Call): Reply => {
  oneOf(child(call.body, 'type'), ['siqidentifiers']);
  const values = child(call.body, 'values');
  if (isAbsent(values)) complain(values, 'absent', 'must be there');
  const plain = texts(values).map((value) => value.trim());
  if (plain.length === 0 || plain.length > mostValues) complain(values, 'value', `must be 1 to ${mostValues} texts`);
  return { kind: 'fixed', object: 'list', data: print(plain.map((value) => ({ encrypted_value: encrypted(value, call), value }))) };
};

export const encryptionRoutes: readonly Route[] = [{ method: 'POST', path: 'encryptions', root: true, scope: 'encryptions.CREATE', body: 'json', run }];
