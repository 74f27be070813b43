export { readLive, withReferences } from './collect.ts';
