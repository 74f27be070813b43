/** `encrypt`: values for the smart identifiers of campaign links, which SalesIQ reads back when a visitor comes (webhooks-and-more.md 4). */
import { isList, isObject, type Json, ServiceError, UserError } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { show } from './one-portal.ts';
import type { ServiceOptions } from './options.ts';
import { readText } from './read-input.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { withClient } from './with-client.ts';

/** Values in one call. */
const mostValues = 20;

interface Encrypted {
  readonly value: string;
  readonly encrypted: string;
}

const wrongAnswer = (why: string): ServiceError => new ServiceError(`the answer was not understood: ${why}`, { method: 'POST', path: '/encryptions' });

/** The answers stand in the order of the values. */
const encryptedIn = (values: readonly string[], data: Json | undefined): readonly Encrypted[] => {
  if (!isList(data) || data.length !== values.length) throw wrongAnswer(`data should be a list of ${values.length}`);
  return values.map((value, index) => {
    const entry = data[index];
    const encrypted = isObject(entry) ? entry['encrypted_value'] : undefined;
    if (typeof encrypted !== 'string') throw wrongAnswer('an entry has no encrypted_value');
    return { value, encrypted };
  });
};

/** Values of the command line, or the lines of standard input. The service takes away blanks around them, so that is done here. */
const valuesOf = async (given: readonly string[], terminal: Terminal): Promise<readonly string[]> => {
  const lines = given.length > 0 ? given : (await readText('-', terminal)).split(/\r?\n/);
  const values = lines.map((line) => line.trim());
  const filled = given.length > 0 ? values : values.filter((line) => line !== '');
  if (filled.length === 0) throw new UserError('there is nothing to encrypt', { hint: 'Give values, or one a line on standard input.' });
  if (filled.includes('')) throw new UserError('one of the values is empty', { hint: 'The service takes away blanks around values, so none would be left.' });
  return filled;
};

/** Prints one encrypted value a line, in the order of the values. */
export const runEncrypt = async (given: readonly string[], options: ServiceOptions, terminal: Terminal): Promise<ExitCode> => {
  const values = await valuesOf(given, terminal);
  return withClient(options, terminal, async (client) => {
    const encrypted: Encrypted[] = [];
    for (let from = 0; from < values.length; from += mostValues) {
      const part = values.slice(from, from + mostValues);
      const { data } = await client.encryptions.encrypt({ body: { type: 'siqidentifiers', values: part } });
      encrypted.push(...encryptedIn(part, data));
    }
    show(options, terminal, {
      json: { values: encrypted.map((one) => ({ value: one.value, encrypted_value: one.encrypted })) },
      text: encrypted.map((one) => escapeText(one.encrypted)).join('\n'),
    });
    return exitCodes.done;
  });
};
