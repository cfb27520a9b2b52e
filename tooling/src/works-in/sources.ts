import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readRepository } from '../repository/read-repository.ts';
import { entryPoints, publicPackages, type Workspace } from '../repository/workspace.ts';

const tooling = join(import.meta.dirname, '../..');
const alone = join(tooling, 'published/alone');

/**
 * Not in the projects that have every package: CommonJS programs use Nest 11, all others 12, which is ES modules only. Nest
 * has kinds of its own.
 */
export const APART: readonly string[] = ['nest'];

/** Every package that we publish but those apart, by folder. */
export const everyPackage: readonly string[] = together().map(({ folder }) => folder);

/** Every entry point of these, as it is imported. */
export const everyEntry: readonly string[] = together().flatMap((each) => [...entryPoints(each).keys()]);

function together(): readonly Workspace[] {
  return publicPackages(readRepository()).filter(({ folder }) => !APART.includes(basename(folder)));
}

/** The packages that the story needs. */
export const storyPackages: readonly string[] = ['packages/core', 'packages/axios', 'packages/policies'];

/** A module that exports `tellStory`; it is JavaScript, and strict TypeScript as well. */
export const story: string = readFileSync(join(tooling, 'works-in/story.js'), 'utf8');

/** A module that exports `tellRoute`, for the Hono adapter. */
export const route: string = readFileSync(join(tooling, 'works-in/route.js'), 'utf8');

/** The program behind `serves`. */
export const ask: Readonly<Record<string, string>> = {
  'ask.mjs': readFileSync(join(tooling, 'works-in/ask.mjs'), 'utf8'),
};

/** A program for each package, which calls it and prints `story told`. */
export function programs(): ReadonlyMap<string, string> {
  return filesOf(/\.mjs$/);
}

/** A TypeScript module for each package. */
export function typedPrograms(): ReadonlyMap<string, string> {
  return filesOf(/\.types\.ts$/);
}

/** The same without the packages apart, and without others. */
export function programsTogether(
  all: ReadonlyMap<string, string>,
  without: readonly string[] = [],
): ReadonlyMap<string, string> {
  return new Map([...all].filter(([name]) => !APART.includes(name) && !without.includes(name)));
}

function filesOf(kind: RegExp): ReadonlyMap<string, string> {
  const files = readdirSync(alone).filter((file) => kind.test(file));
  return new Map(files.map((file) => [basename(file).replace(kind, ''), readFileSync(join(alone, file), 'utf8')]));
}

/** The files of a project of that kind, from `tooling/works-in`. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const at = join(tooling, 'works-in', folder);
  const entries = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(at.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

/** An ES module in CommonJS: its imports as `require`, its exports at the end. Awaits at the top need `asProgram`. */
export function requiring(module: string): string {
  const exported = [...module.matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1]);
  const text = module
    .replaceAll(/^import ([\w{][^;]*?) from ('[^']+');$/gm, 'const $1 = require($2);')
    .replaceAll(/^export (?=async function|function)/gm, '');
  return exported.length > 0 ? `${text}module.exports = { ${exported.join(', ')} };\n` : text;
}

/** A program in CommonJS that may await at its top. */
export function requiringProgram(program: string): string {
  return `(async () => {\n${requiring(program)}})();\n`;
}
