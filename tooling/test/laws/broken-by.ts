import type { Law } from '../../src/laws/law.ts';
import { repositoryOf } from '../../src/repository/repository.ts';

/** What a law finds wrong with these files, each as `where what`. */
export function brokenBy(law: Law, files: Readonly<Record<string, string>>): string[] {
  return [...law.check(repositoryOf(files))].map(({ where, what }) => `${where} ${what}`);
}

/** A manifest as text, for a repository in memory. */
export function manifest(name: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name, exports: { '.': { '@switchgear/source': './src/index.ts' } }, ...fields });
}
