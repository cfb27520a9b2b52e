import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { jsrJson } from '../jsr/jsr-json.ts';
import { type Repository, repositoryOf } from '../repository/repository.ts';
import type { Manifest } from '../repository/workspace.ts';
import type { Adapter } from './adapter.ts';
import { edits, pascal } from './edits.ts';

/** The files to be filled in. Their suffix keeps them from linters, compilers and test runners. */
const TEMPLATE = join(import.meta.dirname, 'template');
const SUFFIX = '.template';

/**
 * The files of a new adapter, and those of the repository that list packages, with their new text. Nothing is written.
 *
 * @throws {Error} that names the file and the anchor, if a file to be edited has changed its form
 */
export function generate(adapter: Adapter, repository: Repository): Repository {
  const files: Record<string, string> = {};
  const paths = globSync(['**/*', '.*/*'], { cwd: TEMPLATE }).filter((path) => path.endsWith(SUFFIX));
  for (const path of paths.sort()) {
    const target = path.slice(0, -SUFFIX.length).split(sep).join('/').replaceAll('__name__', adapter.name);
    files[target] = filledIn(readFileSync(join(TEMPLATE, path), 'utf8'), adapter);
  }
  const folder = `packages/${adapter.name}`;
  const manifest = JSON.parse(files[`${folder}/package.json`] ?? '{}') as Manifest;
  files[`${folder}/jsr.json`] = jsrJson({ folder, manifest }, repositoryOf(files));
  for (const { path, anchor, apply } of edits) {
    const text = apply(files[path] ?? repository.get(path) ?? '', adapter);
    if (text === undefined) {
      throw new Error(`${path}: the anchor "${anchor}" was not found; mend it in tooling/src/new-adapter/edits.ts`);
    }
    files[path] = text;
  }
  return repositoryOf(files);
}

/** A template with its placeholders replaced. A line with `{{each}}` is repeated for each method. */
function filledIn(text: string, { methods, ...adapter }: Adapter): string {
  const values: Readonly<Record<string, string>> = {
    ...adapter,
    Name: pascal(adapter.name),
    method: methods[0] ?? '',
    methodList: methods.map((method) => `\`${method}\``).join(', '),
  };
  return text
    .replace(/^.*\{\{each\}\}.*\n/gm, (line) => methods.map((method) => line.replaceAll('{{each}}', method)).join(''))
    .replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the template has an unknown placeholder ${placeholder}`);
      return value;
    });
}
