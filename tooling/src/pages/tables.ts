/**
 * The names in backticks in the first column of the tables under a heading of a page.
 * A heading ends where the next of its level or a higher one begins.
 */
export function namesUnder(page: string, heading: string): string[] {
  const [, level = '', rest = ''] = new RegExp(`^(#+) ${heading}\\n([\\s\\S]*)`, 'm').exec(page) ?? [];
  if (level === '') return [];
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'));
  const section = end === -1 ? rest : rest.slice(0, end);
  return [...section.matchAll(/^\| *(.*?) *\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}
