import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../../../docs/proofs.md', import.meta.url);

/**
 * Prints what was found, and with `PROOFS=write` puts it into its section of `docs/proofs.md`, with the date and the
 * commit it came from.
 */
export function report(section: string, found: string): void {
  console.log(`\n${found}\n`);
  if (process.env['PROOFS'] !== 'write') return;
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${section} -->\n`, `\n<!-- end of ${section} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/proofs.md has no section for ${section}`);
  const dated = `${found}\n\nSeen on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, commit ${commit()}.`;
  writeFileSync(PAGE, page.slice(0, from + begin.length) + dated + page.slice(to));
}

/** The commit of the sources that were proven. */
function commit(): string {
  const src = new URL('../../src', import.meta.url).pathname;
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', cwd: src }).trim();
  return (
    git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '.') === '' ? '' : ', sources changed since')
  );
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** 1234567 as 1,234,567. */
export function grouped(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
