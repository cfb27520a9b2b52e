import { posix } from 'node:path';
import { importsOf } from '../repository/imports.ts';
import type { Repository } from '../repository/repository.ts';
import { sources } from '../repository/syntax.ts';
import type { Law } from './law.ts';

/** Every source but tests: theirs are the only folders without layers. */
const WRITTEN = /^(?!.*\/(?:test|verify)\/).*\.(?:ts|tsx|js|mjs)$/;

/** From an entry of a folder to the entries beside it that it imports, each with one import as an example. */
type Arrows = Map<string, Map<string, string>>;

/**
 * The entries of a folder, its files and its subfolders, import each other in one direction. A circle of files is a
 * circle among the entries of the folder they share, so this holds for files and for folders. Type imports count,
 * because a reader follows them too.
 */
export const noImportCycles: Law = {
  name: 'no file and no folder imports itself by way of others',
  *check(repository) {
    for (const [folder, arrows] of arrowsIn(repository)) {
      const done = new Set<string>();
      for (const entry of arrows.keys()) {
        const cycle = cycleFrom(entry, arrows, done, []);
        if (!cycle) continue;
        const examples = cycle.slice(1).map((to, i) => arrows.get(cycle[i] ?? '')?.get(to));
        yield { where: folder, what: `imports go round: ${cycle.join(' > ')} (${examples.join(', ')})` };
        for (const each of cycle) done.add(each);
      }
    }
  },
};

/** Each import is one arrow, in the innermost folder that holds both ends. */
function arrowsIn(repository: Repository): ReadonlyMap<string, Arrows> {
  const folders = new Map<string, Arrows>();
  for (const source of sources(repository, WRITTEN)) {
    for (const { path } of importsOf(source)) {
      if (path === undefined || path === source.path || !WRITTEN.test(path)) continue;
      const [from, to] = [source.path.split('/'), path.split('/')];
      const depth = from.findIndex((name, i) => name !== to[i]);
      const [folder, entry, other] = [from.slice(0, depth).join('/'), from[depth] ?? '', to[depth] ?? ''];
      const arrows: Arrows = folders.get(folder) ?? new Map();
      const targets = arrows.get(entry) ?? new Map<string, string>();
      if (!targets.has(other))
        targets.set(other, `${posix.relative(folder, source.path)} imports ${posix.relative(folder, path)}`);
      folders.set(folder, arrows.set(entry, targets));
    }
  }
  return folders;
}

function cycleFrom(entry: string, arrows: Arrows, done: Set<string>, trail: string[]): string[] | undefined {
  if (trail.includes(entry)) return [...trail.slice(trail.indexOf(entry)), entry];
  if (done.has(entry)) return undefined;
  for (const next of arrows.get(entry)?.keys() ?? []) {
    const cycle = cycleFrom(next, arrows, done, [...trail, entry]);
    if (cycle) return cycle;
  }
  done.add(entry);
  return undefined;
}
