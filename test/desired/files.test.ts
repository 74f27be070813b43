import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSources } from '../../src/desired/index.ts';
import { placeText } from './support/read.ts';

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sources-')));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

const look = async () => {
  const { value, diagnostics } = await readSources(folder);
  return {
    project: value?.project,
    paths: value?.files.map(({ path }) => path),
    files: value?.files,
    findings: diagnostics.map(placeText),
    words: diagnostics.map(({ message, hint }) => `${message} | ${hint ?? ''}`),
  };
};

describe('the files of a project', () => {
  it('are all *.yaml below, by path, without hidden ones, tests and node_modules', async () => {
    put({
      'salesiq.yaml': 'version: 1\n',
      'b.yaml': 'b',
      'a/z.yaml': 'z',
      'a/b/c.yaml': 'c',
      'a-b.yaml': 'ab',
      'B.yaml': 'B',
      'rules.test.yaml': 'no',
      'a/deep.test.yaml': 'no',
      '.hidden.yaml': 'no',
      '.github/workflows/ci.yaml': 'no',
      'node_modules/x/y.yaml': 'no',
      'notes.md': 'no',
      yaml: 'no',
    });
    const { project, paths, findings } = await look();
    expect(project).toEqual({ path: 'salesiq.yaml', text: 'version: 1\n' });
    expect(paths).toEqual(['B.yaml', 'a-b.yaml', 'a/b/c.yaml', 'a/z.yaml', 'b.yaml']);
    expect(findings).toEqual([]);
  });

  it('need salesiq.yaml', async () => {
    put({ 'a.yaml': '' });
    const { project, findings, words } = await look();
    expect([project, findings]).toEqual([undefined, ['no-project salesiq.yaml:1:1+0']]);
    expect(words[0]).toContain('Run `salesiq-sync init` to begin');
  });

  it('end in .yaml: others that look like it are warned of', async () => {
    put({ 'salesiq.yaml': '', 'a.yml': '', 'b/C.YAML': '', 'x.test.yml': '' });
    const { paths, findings, words } = await look();
    expect(paths).toEqual([]);
    expect(findings).toEqual(['?not-read a.yml:1:1+0', '?not-read b/C.YAML:1:1+0', '?not-read x.test.yml:1:1+0']);
    expect(words[0]).toBe('a.yml is not read: files end in .yaml | Rename it to a.yaml, or move it elsewhere.');
  });

  it('stop where another project begins', async () => {
    put({ 'salesiq.yaml': '', 'a.yaml': '', 'other/salesiq.yaml': '', 'other/b.yaml': '', 'other/deep/c.yaml': '' });
    const { paths, findings } = await look();
    expect([paths, findings]).toEqual([['a.yaml'], ['?not-read other/salesiq.yaml:1:1+0']]);
  });

  it('a folder that is not there has no project', async () => {
    rmSync(folder, { recursive: true });
    const { project, findings, words } = await look();
    expect([project, findings]).toEqual([undefined, ['unreadable :1:1+0']]);
    expect(words[0]).toContain('the folder cannot be read: it is not there');
  });
});

describe('links', () => {
  it('are followed, each place once, and circles end', async () => {
    put({ 'salesiq.yaml': '', 'real/a.yaml': 'a' });
    symlinkSync('..', join(folder, 'real/circle'));
    symlinkSync('real', join(folder, 'again'));
    symlinkSync('real/a.yaml', join(folder, 'a-link.yaml'));
    symlinkSync('self.yaml', join(folder, 'self.yaml'));
    const { paths, findings, words } = await look();
    expect(paths).toEqual(['real/a.yaml', 'self.yaml']);
    expect(findings).toEqual(['unreadable self.yaml:1:1+0']);
    expect(words[0]).toContain('self.yaml cannot be read: its links go in a circle');
  });

  it('may lead out of the folder', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')));
    writeFileSync(join(outside, 'a.yaml'), 'outside');
    put({ 'salesiq.yaml': '' });
    symlinkSync(outside, join(folder, 'shared'));
    symlinkSync(join(outside, 'nothing'), join(folder, 'dangling'));
    symlinkSync(join(outside, 'nothing.yaml'), join(folder, 'dangling.yaml'));
    const { files, findings } = await look();
    rmSync(outside, { recursive: true });
    expect(files).toEqual([
      { path: 'dangling.yaml', text: '', unread: true },
      { path: 'shared/a.yaml', text: 'outside' },
    ]);
    expect(findings).toEqual(['unreadable dangling.yaml:1:1+0']);
  });
});

describe('files that are no text', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['a zero byte', Buffer.from('a: 1\nbé: \0x\n'), 'not-text a.yaml:2:5+1', 'a zero byte stands here'],
    ['a wrong byte', Buffer.concat([Buffer.from('a: 1\r\nb: "ö'), Buffer.from([0xff]), Buffer.from('"\n')]), 'not-text a.yaml:2:6+1', 'this is not UTF-8 text'],
    ['a broken sequence', Buffer.concat([Buffer.from('a'), Buffer.from([0xc3, 0x28])]), 'not-text a.yaml:1:2+1', 'Save the file as UTF-8.'],
    ['UTF-16', Buffer.from('\ufeffa: 1\n', 'utf16le'), 'not-text a.yaml:1:4+1', 'zero byte'],
  ])('%s is an error at its place', async (_name, bytes, place, said) => {
    put({ 'salesiq.yaml': '', 'a.yaml': bytes, 'b.yaml': 'b' });
    const { files, findings, words } = await look();
    expect(findings).toEqual([place]);
    expect(words[0]).toContain(said);
    expect(files).toEqual([
      { path: 'a.yaml', text: Buffer.from(bytes).toString('utf8'), unread: true },
      { path: 'b.yaml', text: 'b' },
    ]);
  });

  it('a byte order mark is no part of the text', async () => {
    put({ 'salesiq.yaml': '\ufeffversion: 1\n', 'a.yaml': '\ufeffa' });
    const { project, files } = await look();
    expect([project?.text, files?.[0]?.text]).toEqual(['version: 1\n', 'a']);
  });

  it('more than 16 MB are not read', async () => {
    put({ 'salesiq.yaml': '', 'a.yaml': 'a' });
    truncateSync(join(folder, 'a.yaml'), 16 * 1024 * 1024 + 1);
    const { findings, words } = await look();
    expect(findings).toEqual(['too-large a.yaml:1:1+0']);
    expect(words[0]).toBe('a.yaml is larger than 16 MB | Split it into several files.');
  });

  it('a folder with the name of a file is a folder', async () => {
    put({ 'salesiq.yaml': '', 'a.yaml/b.yaml': 'b' });
    expect((await look()).paths).toEqual(['a.yaml/b.yaml']);
  });

  it('salesiq.yaml itself may be the one', async () => {
    put({ 'salesiq.yaml': Buffer.from([0xff]) });
    const { project, findings } = await look();
    expect([project, findings]).toEqual([{ path: 'salesiq.yaml', text: '\ufffd', unread: true }, ['not-text salesiq.yaml:1:1+1']]);
  });
});
