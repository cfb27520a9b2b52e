import { importsOf } from '../repository/imports.ts';
import { sources } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';
import { besides, layers } from './layers.ts';

const CORE = /^packages\/core\/src\/([^/]+)\//;

/** Layers are folders, and a folder imports only from lower ones. */
export const importsGoDown: Law = {
  name: 'in core, imports go down the layers only',
  *check(repository) {
    for (const source of sources(repository, CORE)) {
      const from = folderOf(source.path);
      if (rowOf(from) === undefined && !besides[from]) yield { where: source.path, what: `${from}/ is in no layer` };
      for (const { path, specifier, start } of importsOf(source)) {
        const to = path && folderOf(path);
        if (path === undefined) yield at(source, start, `core imports ${specifier}, but has no dependencies`);
        else if (!to) yield at(source, start, `${path} is outside every layer`);
        else if (!mayImport(from, to)) yield at(source, start, `${from}/ may not import ${to}/`);
      }
    }
  },
};

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (besides[from]) return besides[from].includes(to);
  const [high, low] = [rowOf(from), rowOf(to)];
  return high !== undefined && low !== undefined && low < high;
}

function folderOf(path: string): string {
  return CORE.exec(path)?.[1] ?? '';
}

function rowOf(folder: string): number | undefined {
  const row = layers.findIndex((folders) => folders.includes(folder));
  return row === -1 ? undefined : row;
}
