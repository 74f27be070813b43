/** Answers to pending actions of widgets and bots: what their bodies may hold, and what is wrong with one. */
export { type BodyFault, type BodyName, checkBody } from './check.ts';
export { readingOf } from './reading.ts';
export { bodySchemas } from './schema.ts';
