import type { ClientConduct, ServedEnding, ServedHost } from './served-host.ts';

function ending(ending: string, ruling: string, sees: string, client: ClientConduct = 'waits'): ServedEnding {
  return { ending, ruling, sees, client };
}

/** The routes that every host has for the suite, by path, and how a request to each of them ends. */
const ENDINGS: Readonly<Record<string, ServedEnding>> = {
  '/answers': ending('any status below 500 except those listed here', 'success', '200'),
  '/missing': ending('404', 'success', '404'),
  '/moved': ending('a redirect', 'success', '302'),
  '/unavailable': ending('500, 502, 503, 504 and all other 5xx except those listed here', 'failure 503', '503'),
  '/unsupported': ending('501, 505', 'success', '501'),
  '/limited': ending('429, 408, 421, 425, 511', 'ignored 429', '429'),
  '/throws': ending('a handler throws', 'failure 500', '500'),
  '/rejects': ending('an async handler rejects', 'failure 500', '500'),
  '/throws-404': ending('a handler throws an error with a status below 500', 'success', '404'),
  '/refused-below': ending('a breaker further down refuses', 'ignored EOPENBREAKER', '503'),
  '/full': ending('a bulkhead further down is full', 'ignored bulkhead', '500'),
  '/streams': ending('a stream of any kind, once it has begun', 'success', '200'),
  '/breaks-off': ending('a stream that breaks off after it began', 'success', '200, cut off'),
  '/takes-over': ending('a handler answers through the raw response', 'success', '200'),
  '/takes-socket': ending('a handler answers through the raw socket', 'ignored', '200'),
  '/destroys': ending('a handler cuts the connection off', 'ignored', 'cut off'),
  '/destroys-with-error': ending('a handler destroys the response with an error', 'failure destroyed', 'cut off'),
  '/left': ending('the client leaves before the answer begins', 'ignored', 'has left', 'leaves'),
  '/left-failing': ending('a handler fails after its client left', 'ignored', 'has left', 'leaves'),
  '/left-streaming': ending('the client leaves in mid-stream', 'success', 'has left', 'leaves in mid-answer'),
};

/** The endings of a host, by path. */
export function endingsOf({ differs = {} }: ServedHost): ReadonlyMap<string, ServedEnding> {
  const all = new Map<string, ServedEnding>();
  for (const [path, usual] of Object.entries(ENDINGS)) {
    const own = path in differs ? differs[path] : {};
    if (own) all.set(path, { ...usual, ...own });
  }
  return all;
}

/** A row of the table of endings, as it was seen. */
export type SeenEnding = Pick<ServedEnding, 'ending' | 'ruling' | 'sees'> & { readonly calls: number };

/** The table of endings for a README. */
export function tableOfEndings(rows: readonly SeenEnding[]): string {
  const lines = rows.map(({ ending, ruling, sees, calls }) => {
    const [outcome = '', kind] = ruling.split(' ');
    const counts = outcome === 'failure' ? '**failure**' : outcome;
    return [ending, kind === undefined ? counts : `${counts} \`${kind}\``, sees, String(calls)];
  });
  const head = ['How a request ended', 'Counts as', 'The client sees', 'Calls of the handler'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const row = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [row(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(row)].join('\n');
}
