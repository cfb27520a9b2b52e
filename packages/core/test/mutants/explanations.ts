import type { Survivor } from './report.ts';

/** A survivor with the reason why no test can notice it. */
export interface Explained extends Survivor {
  readonly why: string;
}

/**
 * Reads `mutants.md`: a heading for each file, under it a heading for each line of code, a list of what that line can
 * become without a difference, and then the reason.
 */
export function explanationsIn(page: string): Explained[] {
  return sections(page, '## ').flatMap(([file, ofFile]) =>
    sections(ofFile, '### ').flatMap(([line, ofLine]) => {
      const [changes, reason] = [ofLine.filter(isChange), ofLine.filter((each) => !isChange(each))];
      const why = reason.join(' ').trim();
      return changes.map((change) => {
        const [code = '', became = ''] = change.slice('- '.length).split(' → ');
        return { file: file.trim(), line: bare(line), code: bare(code), became: bare(became), why };
      });
    }),
  );
}

/** The survivors as `mutants.md` has them, with room for reasons. */
export function asPage(survivors: readonly Survivor[]): string {
  const page: string[] = [];
  for (const file of new Set(survivors.map((each) => each.file))) {
    const ofFile = survivors.filter((each) => each.file === file);
    page.push(`## ${file}`, '');
    for (const line of new Set(ofFile.map((each) => each.line))) {
      const changes = ofFile
        .filter((each) => each.line === line)
        .map((each) => `- ${code(each.code)} → ${code(each.became)}`);
      page.push(`### ${code(line)}`, '', ...new Set(changes), '', '');
    }
  }
  return page.join('\n');
}

/** What is wrong between a run and the page: unexplained survivors, and reasons for mutants that did not survive. */
export function differences(survivors: readonly Survivor[], explained: readonly Explained[]): string[] {
  const alive = new Set(survivors.map(keyOf));
  const known = new Set(explained.map(keyOf));
  return [
    ...[...alive].filter((key) => !known.has(key)).map((key) => `survived, unexplained: ${key}`),
    ...[...known].filter((key) => !alive.has(key)).map((key) => `explained, but did not survive: ${key}`),
    ...explained.filter(({ why }) => why === '').map((each) => `no reason given: ${keyOf(each)}`),
  ];
}

function keyOf({ file, line, code, became }: Survivor): string {
  return `${file}, in ${line}: ${code} → ${became}`;
}

/** The text under each heading of this depth. */
function sections(text: string | readonly string[], mark: string): [heading: string, lines: string[]][] {
  const found: [string, string[]][] = [];
  for (const line of typeof text === 'string' ? text.split('\n') : text) {
    if (line.startsWith(mark)) found.push([line.slice(mark.length), []]);
    else found.at(-1)?.[1].push(line);
  }
  return found;
}

function isChange(line: string): boolean {
  return line.startsWith('- `') && line.includes(' → ');
}

/** Code in Markdown, even if it contains backticks. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function bare(markdown: string): string {
  return markdown.replace(/^(`+) ?(.*?) ?\1$/, '$2');
}
