/**
 * Where access tokens live for their hour, and the memory of how many were
 * asked for: at most 10 in 10 minutes (platform-and-people.md 1.5), however
 * many processes run.
 *
 * On disk: one file for each refresh token, named by a hash, readable by its
 * owner only, replaced in one step. It holds the access token and times,
 * nothing that lasts. A file that is broken counts as none; a folder that
 * cannot be used is replaced by memory.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { isList, isObject, type Json, type JsonObject } from '../model/index.ts';
import { parseJson } from './parse-json.ts';
import type { RefreshCredentials } from './token-request.ts';

/** Times are epoch milliseconds. */
export interface TokenRecord {
  readonly token?: { readonly text: string; readonly expiresAt: number };
  /** When tokens were asked for. */
  readonly asked: readonly number[];
  /** The accounts server wants to be left alone until then. */
  readonly quietUntil: number;
}

export interface TokenStore {
  readonly read: () => Promise<TokenRecord>;
  /** Only while holding the lock. */
  readonly write: (record: TokenRecord) => Promise<void>;
  /** Resolves to the way to give the lock back, or to nothing while another holds it. */
  readonly tryLock: () => Promise<(() => Promise<void>) | undefined>;
}

export const noRecord: TokenRecord = { asked: [], quietUntil: 0 };

/** Keeps the record in this process only. */
export const memoryStore = (): TokenStore => {
  let record = noRecord;
  let held = false;
  return {
    read: async () => record,
    write: async (next) => {
      record = next;
    },
    tryLock: async () => {
      if (held) return undefined;
      held = true;
      return async () => {
        held = false;
      };
    },
  };
};

const timeOf = (value: Json | undefined): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

const recordOf = (value: JsonObject): TokenRecord => {
  const { token, asked } = value;
  const text = isObject(token) ? token['text'] : undefined;
  return {
    ...(isObject(token) && typeof text === 'string' && /^[\x21-\x7e]+$/.test(text) ? { token: { text, expiresAt: timeOf(token['expiresAt']) } } : {}),
    asked: isList(asked) ? asked.map(timeOf) : [],
    quietUntil: timeOf(value['quietUntil']),
  };
};

/** The file's name says nothing about what it was made from. */
export const tokenFileName = (accountsServer: string, credentials: RefreshCredentials): string =>
  `${createHash('sha256').update([accountsServer, credentials.clientId, credentials.refreshToken].join('\n')).digest('hex')}.json`;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Lets pass what the file system refuses (it has a code: a full disk, a folder of somebody else); a fault of the program is thrown on. */
const throwOwnFault = (error: unknown): void => {
  if (codeOf(error) === undefined) throw error;
};

/** Keeps the record in a file that processes share. */
const fileStore = (file: string): TokenStore => {
  // What could not be written is still known to this process.
  let unwritten: TokenRecord | undefined;
  return {
    read: async () => {
      if (unwritten !== undefined) return unwritten;
      try {
        const value = parseJson(await readFile(file, 'utf8'));
        return isObject(value) ? recordOf(value) : noRecord;
      } catch {
        return noRecord;
      }
    },
    write: async (record) => {
      try {
        // Not forced to the disk: what a crash of the machine takes is fetched anew.
        await writeFileAtomic(file, `${JSON.stringify(record)}\n`, { mode: 0o600, fsync: false });
        unwritten = undefined;
      } catch (error) {
        throwOwnFault(error);
        unwritten = record;
      }
    },
    tryLock: async () => {
      try {
        // A lock that its holder no longer renews (a killed process) falls after 10 s.
        const release = await lock(file, { realpath: false, retries: 0, stale: 10_000, update: 2_000, onCompromised: () => {} });
        return () => release().catch(() => {});
      } catch (error) {
        if (codeOf(error) === 'ELOCKED') return undefined;
        throwOwnFault(error);
        return async () => {};
      }
    },
  };
};

/** @param folder absent: in memory only */
export const openTokenStore = async (folder: string | undefined, accountsServer: string, credentials: RefreshCredentials): Promise<TokenStore> => {
  if (folder === undefined) return memoryStore();
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch {
    return memoryStore();
  }
  return fileStore(join(folder, tokenFileName(accountsServer, credentials)));
};
