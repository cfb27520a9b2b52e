import type { Comparison } from './pair.ts';

/** The report of a rehearsal as a page: one table, no script, nothing loaded from elsewhere. */
export function rehearsalPage(report: readonly Comparison[]): string {
  const rows = report.map(
    (row) =>
      `<tr>${cellsOf(row)
        .map((cell) => `<td>${escaped(cell)}</td>`)
        .join('')}</tr>`,
  );
  const heads = [
    'Breaker',
    'Calls seen',
    'Both opened',
    'Only the candidate',
    'Only the live one',
    'Candidate earlier by',
  ];
  const table = `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const empty = '<p>The candidate says the same as the live settings.</p>';
  const untimed = report.filter((row) => row.untimed).map(({ breaker }) => escaped(breaker));
  const note =
    untimed.length === 0
      ? ''
      : `<p>The live settings of ${untimed.join(', ')} do not time calls, so no call is slow for the candidate.</p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Candidate settings</title><style>${STYLE}</style></head><body><h1>What the candidate would have done</h1>${report.length === 0 ? empty : table}${note}<p>The candidate only counts. Nothing is applied by itself.</p></body></html>`;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem;max-width:60rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse}th,td{padding:.3rem .8rem;border-bottom:1px solid #ccc;text-align:right}th:first-child,td:first-child{text-align:left}';

function cellsOf({ breaker, calls, both, onlyCandidate, onlyLive, earlierBy }: Comparison): readonly string[] {
  const earlier = earlierBy === null ? '–' : `${Math.round(earlierBy)} ms`;
  return [breaker, String(calls), String(both), String(onlyCandidate), String(onlyLive), earlier];
}

/** Names of breakers may come from outside. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
