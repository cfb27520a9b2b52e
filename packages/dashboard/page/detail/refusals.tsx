import type { JSX } from 'preact';
import type { Refusal } from '../../src/history/history.ts';
import type { Detail } from '../../src/wire/messages.ts';
import { clock } from '../parts/format.ts';

/** The latest refused calls and their reasons. */
export function Refusals({ detail }: { readonly detail: Detail | undefined }): JSX.Element | null {
  if (!detail || detail.refusals.length === 0) return null;
  return (
    <section class="card refusals" aria-labelledby="refusals-title">
      <h3 id="refusals-title">Recent refusals</h3>
      <ol>
        {merged(detail.refusals).map(({ at, says, times }, index) => (
          <li key={index}>
            <time dateTime={new Date(at).toISOString()}>{clock(at)}</time> {says}
            {times > 1 && <span class="soft"> {times} times</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Merges consecutive refusals with the same text into one, at the time of the latest. */
function merged(refusals: readonly Refusal[]): (Refusal & { readonly times: number })[] {
  const groups: (Refusal & { times: number })[] = [];
  for (const refusal of refusals) {
    const last = groups.at(-1);
    if (last?.says === refusal.says) last.times += 1;
    else groups.push({ ...refusal, times: 1 });
  }
  return groups;
}
