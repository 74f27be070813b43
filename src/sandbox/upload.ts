/** Files that are sent as multipart/form-data: `file`, at most 50 MB, and `comment` (platform-and-people.md 7.2). */
import { refuse } from './refusal.ts';
import type { Upload } from './route.ts';

const largest = 50 * 1024 * 1024;

export const isMultipart = (type: string): boolean => /^multipart\/form-data\s*;/i.test(type);

/** @throws Refusal 1015 without a file, 1018 for an empty and 1027 for a large one */
export const uploadOf = async (type: string, bytes: Uint8Array<ArrayBuffer>): Promise<Upload | undefined> => {
  if (!isMultipart(type)) return undefined;
  const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData().catch(() => refuse(1015));
  const file = form.get('file');
  if (file === null || typeof file === 'string') return refuse(1011, { param: 'file' });
  if (file.size === 0) refuse(1018);
  if (file.size > largest) refuse(1027);
  const comment = form.get('comment');
  return { name: file.name, size: file.size, comment: typeof comment === 'string' ? comment : '' };
};
