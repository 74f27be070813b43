/** The laws of export, for one world or portal each: used in short and at length. */
import { expect } from 'vitest';
import type { Layout } from '../../src/desired/index.ts';
import { exported, planned } from './export.ts';
import { worldLive } from './export-world.ts';
import { liveOf, type RawPortal } from './raw-portal.ts';
import type { World } from './world.ts';
import { filesOf } from './world-files.ts';

const safePath = /^(?:[a-z0-9-]+\/)?[a-z0-9-]+\.yaml$/;

export const freshExportHolds = (portal: RawPortal, layout: Layout): void => {
  const live = liveOf(portal);
  const first = exported({}, live, { layout });
  expect(first.diagnostics).toEqual([]);
  expect(Object.keys(first.texts).filter((path) => !safePath.test(path))).toEqual([]);
  expect(planned(first.texts, live)).toEqual([]);
  expect(exported(first.texts, live, { layout }).texts).toEqual(first.texts);
  const turned = liveOf(portal, (list) => [...list].reverse());
  expect(exported({}, turned, { layout }).texts).toEqual(first.texts);
};

const comments = (texts: Readonly<Record<string, string>>): number => Object.values(texts).join('\n').split('# so it is').length - 1;

export const worldExportHolds = (world: World): void => {
  const hooks = 'https://hooks.harbour.test';
  const { project, files } = filesOf(world, hooks);
  const setting = { project: project.text, portal: 'production' };
  const live = worldLive(world, hooks);
  const before = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const first = exported(before, live, setting);
  // A name that another portal's resource has in the files is told, and left.
  const told = new Set(first.diagnostics.filter(({ code }) => code === 'name-taken').map(({ address }) => address));
  expect(planned(first.texts, live, setting).filter((line) => !told.has(line.slice(line.indexOf(' ') + 1)))).toEqual([]);
  const second = exported(first.texts, live, setting);
  expect(second.texts).toEqual(first.texts);
  expect(comments(first.texts)).toBeLessThanOrEqual(comments(before));
};
