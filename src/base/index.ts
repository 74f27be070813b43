export { contentsAt, filesAt } from './files-at.ts';
export { commitOf, heldBy, prefixOf, refOf } from './git.ts';
export { committedAt, fetchRef, pushRef, setRef } from './refs.ts';
