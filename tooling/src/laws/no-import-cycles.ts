import { importsOf } from '../repository/imports.ts';
import { sources } from '../repository/syntax.ts';
import type { Law } from './law.ts';

/** A cycle is one file in several pieces; type-only ones count, for a reader follows them too. */
export const noImportCycles: Law = {
  name: 'no file imports itself by way of others',
  *check(repository) {
    const graph = new Map<string, string[]>();
    for (const source of sources(repository, /^(packages|apps)\/[^/]+\/src\/.*\.ts$|^tooling\/src\/.*\.ts$/)) {
      graph.set(
        source.path,
        importsOf(source).flatMap(({ path }) => path ?? []),
      );
    }
    const done = new Set<string>();
    for (const path of graph.keys()) {
      const cycle = cycleFrom(path, graph, done, []);
      if (!cycle) continue;
      yield { where: cycle[0] ?? path, what: `imports itself: ${cycle.join(' > ')}` };
      for (const each of cycle) done.add(each);
    }
  },
};

function cycleFrom(
  path: string,
  graph: ReadonlyMap<string, string[]>,
  done: Set<string>,
  trail: string[],
): string[] | undefined {
  if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
  if (done.has(path)) return undefined;
  for (const next of graph.get(path) ?? []) {
    const cycle = cycleFrom(next, graph, done, [...trail, path]);
    if (cycle) return cycle;
  }
  done.add(path);
  return undefined;
}
