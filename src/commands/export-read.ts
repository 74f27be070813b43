/**
 * What an export reads. A kind that the files do not describe, and that this
 * token or this portal does not let anybody read, is left out and told of; one
 * that they describe must be read, or nothing is written.
 */
import { kinds } from '../kinds/index.ts';
import { type Look, lookAgain } from '../live/index.ts';
import { type Diagnostic, type Kind, type Reader, ServiceError } from '../model/index.ts';

/** Not there, not in the token's scopes, not for this operator, not in the portal's plan (platform-and-people.md 1.4). */
const closed = new Set([1006, 1009, 1016, 1021]);

const isClosed = (error: unknown): error is ServiceError => error instanceof ServiceError && error.code !== undefined && closed.has(error.code);

/** Why a kind cannot be read; undefined where it can, or where another reason will be told by reading it. */
const reasonFor = async (reader: Reader, kind: Kind): Promise<string | undefined> => {
  try {
    for (const { path, query } of kind.lists) await reader.get(path, query);
    return undefined;
  } catch (error) {
    if (isClosed(error)) return error.message;
    throw error;
  }
};

export interface ExportRead {
  readonly look: Look;
  /** The kinds that were read in full. */
  readonly names: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** @param needed kinds that must be read: those that files describe, or that were asked for. Throws ServiceError. */
export const readForExport = async (reader: Reader, names: readonly string[], needed: readonly string[]): Promise<ExportRead> => {
  try {
    return { look: await lookAgain(reader, kinds, names), names, warnings: [] };
  } catch (error) {
    if (!isClosed(error)) throw error;
    const spare = kinds.filter(({ name }) => names.includes(name) && !needed.includes(name));
    const reasons = new Map<string, string>();
    for (const kind of spare) {
      const reason = await reasonFor(reader, kind);
      if (reason !== undefined) reasons.set(kind.name, reason);
    }
    const readable = names.filter((name) => !reasons.has(name));
    if (reasons.size === 0) throw error;
    return {
      look: await lookAgain(reader, kinds, readable),
      names: readable,
      warnings: [...reasons].map(([name, reason]) => ({
        severity: 'warning',
        code: 'kind-not-exported',
        message: `${name} are left out: ${reason}`,
        address: name,
        hint: 'doctor tells what the token lacks; --kinds names the kinds to export.',
      })),
    };
  }
};
