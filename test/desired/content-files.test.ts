/** Texts in files of their own: read from beside the YAML file, told where they are not there, and written back by an export. */
import { describe, expect, it } from 'vitest';
import { contentPath } from '../../src/desired/content-files.ts';
import { assemble, contentFilesIn, parseFiles, writeTexts } from '../../src/desired/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { LiveResource } from '../../src/model/index.ts';
import { projectOf } from './support/read.ts';

const yaml = 'articles:\n  - { title: Tides, category: Harbour, department: Pilots, published: true, content_file: pages/tides.html }\n';

const read = (text: string, contents: Readonly<Record<string, string>>, path = 'content/articles.yaml') => {
  const project = projectOf();
  const portal = project.portals['island'];
  if (portal === undefined) throw new Error('no such portal');
  const parsed = parseFiles([{ path, text }]).value ?? [];
  const files = new Map(Object.entries(contents).map(([name, one]) => [name, { path: name, text: one }]));
  return { parsed, portal, files, ...assemble({ parsed, project, portal, kinds, environment: {}, strictness: 'lenient', contents: files }) };
};

describe('a file of contents', () => {
  it('counts from the folder of the YAML file, and stays inside of the project', () => {
    expect(contentPath('content/articles.yaml', 'pages/tides.html')).toBe('content/pages/tides.html');
    expect(contentPath('content/articles.yaml', '../tides.html')).toBe('tides.html');
    for (const out of ['../../tides.html', '/etc/passwd', 'pages\\tides.html', '', '..'])
      expect(contentPath('content/articles.yaml', out), out).toBeUndefined();
    expect(contentFilesIn(read(yaml, {}).parsed, kinds)).toEqual(['content/pages/tides.html']);
  });

  it('is the field that it stands for, without placeholders and without the last line end', () => {
    const { value } = read(yaml, { 'content/pages/tides.html': '<p>${hooks} high</p>\n' });
    const [resource] = value?.resources ?? [];
    expect(resource?.spec).toMatchObject({ title: 'Tides', content: '<p>${hooks} high</p>' });
    expect(resource?.spec).not.toHaveProperty('content_file');
    expect(resource?.contentFiles).toEqual([{ field: 'content', path: 'content/pages/tides.html' }]);
  });

  it.each([
    [yaml, {}, 'no-file', 2, 91],
    [yaml.replace('pages/tides.html', '../../x.html'), {}, 'bad-path', 2, 91],
    [yaml.replace('content_file:', 'content: here, content_file:'), { 'content/pages/tides.html': 'there' }, 'said-twice', 2, 106],
  ] as const)('is told of at its place: %#', (text, contents, code, line, column) => {
    expect(read(text, contents).diagnostics.map((one) => [one.code, one.origin?.line, one.origin?.column])).toEqual([[code, line, column]]);
  });

  it('is written, and not the YAML file, where the portal has another text', () => {
    const before = { 'content/pages/tides.html': 'low\n' };
    const { value, portal, files } = read(yaml, before);
    const [desired] = value?.resources ?? [];
    const kind = kinds.find(({ name }) => name === 'articles');
    if (desired === undefined || kind === undefined) throw new Error('no article');
    const live: LiveResource = { kind: 'articles', key: desired.key, id: '7', raw: {}, spec: { ...desired.spec, content: 'high' } };
    const result = writeTexts({
      kinds,
      sources: [{ path: 'content/articles.yaml', text: yaml }],
      portal,
      environment: {},
      described: [desired],
      contents: files,
      layout: 'by-app',
      states: [
        {
          kind,
          live: [live],
          pairs: [{ desired, live }],
          others: [],
          gone: [],
          added: [],
          unnamed: () => [],
          differs: (a, b) => JSON.stringify({ ...a, ...b }) !== JSON.stringify(a),
          isSame: (a, b) => JSON.stringify(a) === JSON.stringify(b),
        },
      ],
    });
    expect(result.changes).toEqual([{ path: 'content/pages/tides.html', before: 'low\n', after: 'high\n' }]);
  });
});
