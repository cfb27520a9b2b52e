/** Prints rows under their heads, as a table of Markdown. */
export function printTable(title: string, heads: readonly string[], rows: readonly (readonly unknown[])[]): void {
  const all = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(String))];
  console.log(`\n## ${title}\n\n${all.map((row) => `| ${row.join(' | ')} |`).join('\n')}`);
}

/** The value below which this share of all lie, with one decimal. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN) * 10) / 10;
}
