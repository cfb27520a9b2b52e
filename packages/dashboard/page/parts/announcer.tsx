import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Store } from '../data/store.ts';

/** Announces moves to screen readers: the newest one, and how many others came with it. Earlier moves are not announced. */
export function Announcer({ store }: { readonly store: Store }): JSX.Element {
  const said = useRef<{ number: number; words: string }>(undefined);
  const moves = store.entries.filter(({ type }) => type === 'move' || type === 'mode');
  const newest = moves.at(-1)?.number ?? 0;
  if (store.since > 0) {
    said.current ??= { number: newest, words: '' };
    const { number } = said.current;
    if (newest !== number) {
      const fresh = moves.filter((entry) => entry.number > number);
      const more = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : '';
      said.current = { number: newest, words: `${fresh.at(-1)?.says ?? ''}${more}` };
    }
  }
  return (
    <p class="unseen" role="status" data-announcer>
      {said.current?.words ?? ''}
    </p>
  );
}
