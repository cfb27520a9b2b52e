import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../../docs/proofs-policies.md');

/** Replaces what stands between the marks of a section, and leaves the rest of the page as it is. */
export function writeSection(name: string, lines: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no section '${name}'`);
  writeFileSync(PAGE, `${before}${begin}\n${lines.join('\n')}\n${end}${after}`);
}

/** A table of two or more columns. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
}
