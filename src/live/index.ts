export { collectKinds, type RawKind, withReferences } from './collect.ts';
export { type Look, lookAgain } from './look.ts';
export { nameLive } from './name.ts';
export { type Unnamed, unnamedIn } from './unnamed.ts';
