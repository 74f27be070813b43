/** A file that a flag names, or standard input for `-`. */
import { readFile } from 'node:fs/promises';
import { UserError } from '../model/index.ts';
import type { Terminal } from './terminal.ts';

const because = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
};

/** All bytes. Throws UserError where it cannot be read. */
export const readBytes = async (file: string, terminal: Terminal): Promise<Uint8Array> => {
  if (file === '-') {
    if (terminal.input === undefined) throw new UserError('there is no standard input to read');
    return terminal.input();
  }
  return readFile(file).catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${because(error)}`, { cause: error });
  });
};

/** All of it as a text. Throws UserError where it cannot be read, or is no UTF-8. */
export const readText = async (file: string, terminal: Terminal): Promise<string> => {
  const bytes = await readBytes(file, terminal);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserError(`${file === '-' ? 'standard input' : file} is not UTF-8 text`, { cause: error });
  }
};
