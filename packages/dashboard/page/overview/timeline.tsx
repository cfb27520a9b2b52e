import type { JSX } from 'preact';
import type { Entry } from '../../src/history/entry.ts';
import { Icon } from '../parts/icon.tsx';
import type { Kind } from '../parts/kind.ts';
import { clock } from '../parts/words.ts';

interface Props {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly empty: string;
}

/** What happened, newest first. */
export function Timeline({ title, entries, empty }: Props): JSX.Element {
  return (
    <section class="card timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{title}</h2>
      {entries.length === 0 ? (
        <p class="soft">{empty}</p>
      ) : (
        // Focusable, so that it can be scrolled without a mouse.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region
        <ol tabIndex={0} aria-labelledby="timeline-title">
          {entries.map(({ number, at, to, type, says }) => (
            <li key={number} data-type={type} data-kind={kindOf(to)}>
              <Icon kind={kindOf(to)} />
              <p>
                <time dateTime={new Date(at).toISOString()}>{clock(at)}</time> {says}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** What was entered; a return to `active` looks like closed, and what entered nothing like an operator's word. */
function kindOf(to: string | undefined): Kind {
  if (to === 'active') return 'closed';
  return (to as Kind | undefined) ?? 'disabled';
}
