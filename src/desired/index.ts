export { type AssembleInput, assemble } from './assemble.ts';
export { projectSchema, resourcesSchema } from './editor-schema.ts';
export { readSources, type Sources } from './files.ts';
export { type ParsedFile, parseFiles } from './parse-files.ts';
export type { Environment } from './placeholders.ts';
export { readProject } from './project.ts';
export type { Strictness } from './run.ts';
