import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Repository } from './repository.ts';

/** The root of this repository on disk. */
export const root: string = join(import.meta.dirname, '../../..');

const READ = [
  '*',
  '.ci/*',
  '.changeset/*',
  '.github/workflows/*',
  'docs/**/*.md',
  '{packages,apps}/*/**/*',
  '{tooling,runtime-tests,bench}/**/*',
];
const TEXT = /\.(ts|tsx|js|mjs|json|md|ya?ml|txt)$|^\.ci\//;
const GENERATED = new Set(['node_modules', 'dist', '.cache', '.report', '.turbo', 'coverage']);

/** Everything written by hand in this repository: sources, tests, configuration and pages. */
export function readRepository(): Repository {
  const paths = globSync(READ, { cwd: root, exclude: (path) => GENERATED.has(path.split(sep).at(-1) ?? '') });
  const written = paths.filter((path) => TEXT.test(path)).sort();
  return new Map(written.map((path) => [path.split(sep).join('/'), readFileSync(join(root, path), 'utf8')]));
}
