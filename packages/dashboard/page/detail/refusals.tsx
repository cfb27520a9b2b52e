import type { JSX } from 'preact';
import type { Detail } from '../../src/wire/messages.ts';
import { clock, plural } from '../parts/format.ts';
import { merged } from '../parts/merged.ts';

interface Props {
  readonly detail: Detail | undefined;

  /** The sentences in the card at the top. */
  readonly told: readonly string[];
}

/** The latest refused calls, and their reasons unless the card at the top has them. */
export function Refusals({ detail, told }: Props): JSX.Element | null {
  if (!detail || detail.refusals.length === 0) return null;
  return (
    <section class="card refusals" aria-labelledby="refusals-title">
      <h3 id="refusals-title">Recent refusals</h3>
      <ol>
        {merged(detail.refusals).map(({ at, from, says, reason, times }) => (
          <li key={says}>
            <time dateTime={new Date(at).toISOString()}>
              {times > 1 ? `${clock(from)} to ${clock(at)}` : clock(at)}
            </time>{' '}
            {plural(times, 'call')} refused{isTold(told, reason) ? ', for the reason above.' : `. ${reason}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

function isTold(told: readonly string[], reason: string): boolean {
  return told.some((sentence) => sentence.toLowerCase().endsWith(reason.toLowerCase()));
}
