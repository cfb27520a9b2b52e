import type { JSX } from 'preact';
import type { Entry } from '../../src/history/history.ts';
import { clock, type Kind } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { merged } from '../parts/merged.ts';

interface Props {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly empty: string;
}

/** The events, newest first. */
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
          {merged(entries).map(({ number, at, from, to, type, says, times }) => (
            <li key={number} data-type={type} data-kind={kindOf(to)}>
              <Icon kind={kindOf(to)} />
              <p>
                <time dateTime={new Date(at).toISOString()}>{clock(at)}</time> {says}
                {times > 1 && <span class="soft"> {`${times} times since ${clock(from)}.`}</span>}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The icon of the state or mode entered: `active` looks like closed, and events that enter nothing look like disabled. */
function kindOf(to: string | undefined): Kind {
  if (to === 'active') return 'closed';
  return (to as Kind | undefined) ?? 'disabled';
}
