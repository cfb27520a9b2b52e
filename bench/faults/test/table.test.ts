import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../src/observe.ts';
import { packages, peerOf, peers, versionOf } from '../src/themes/peers.ts';
import { themes } from '../src/themes.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('../', import.meta.url));
const faults = themes.flatMap((theme) => theme.faults);
const page = readFileSync(`${root}docs/faults-of-others.md`, 'utf8');

/** "About ten": no more than a reader takes in at a glance. */
const MOST_LINES = 16;

/** Code without comments at the margin, imports and blank lines. */
function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => !/^(\/\/|import |$)/.test(line));
}

/** The programs of which something is not so. */
function unless(holds: (text: string, program: string) => boolean): string[] {
  return faults
    .map(({ program }) => program)
    .filter((program) => !holds(readFileSync(fileOf(program), 'utf8'), program));
}

describe('the table of faults', () => {
  it('has a program for each fault, and a fault for each program', () => {
    const programs = globSync('*/*.mjs', { cwd: `${here}programs` }).map((path) => path.replace(/\.mjs$/, ''));
    expect(faults.map(({ program }) => program).toSorted()).toEqual(programs.toSorted());
  });

  it('has short programs', () => {
    expect(unless((text) => linesOf(text).length <= MOST_LINES)).toEqual([]);
  });

  it('has programs that begin with their scene', () => {
    expect(unless((text) => /^\/\/ [A-Z].*[.?]\n/.test(text))).toEqual([]);
  });

  it('has programs that use their peer, and nothing of ours', () => {
    expect(
      unless((text, program) => text.includes(`'${packages[peerOf(program)]}`) && !text.includes('@switchgear')),
    ).toEqual([]);
  });

  it.each(themes.map(({ id }) => id))('has our side of %s', (id) => {
    expect(existsSync(`${here}test/ours/${id}.test.ts`)).toBe(true);
  });

  it('is what the page was written from', () => {
    expect(faults.filter(({ program, fault }) => !page.includes(`programs/${program}.mjs) | ${fault} |`))).toEqual([]);
    expect(page.match(/^\| \[.*programs\//gm)).toHaveLength(faults.length);
  });
});

describe('a peer', () => {
  const lockfile = readFileSync(`${root}pnpm-lock.yaml`, 'utf8');
  const importer = /\n {2}bench\/faults:\n([\s\S]*?)\n {2}\S/.exec(lockfile)?.[1] ?? '';

  it.each(peers)('%s is at the exact version that is locked and that the page names', (peer) => {
    const [name, version] = [packages[peer], versionOf(peer)];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const key = name.startsWith('@') ? `'${name}'` : name;
    expect(importer).toMatch(
      new RegExp(`^ {6}${key}:\n {8}specifier: ${version}\n {8}version: ${version}(\\(|$)`, 'm'),
    );
    expect(page).toContain(`| \`${name}\` | ${version} |`);
  });
});
