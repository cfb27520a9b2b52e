import { useEffect, useReducer, useState } from 'preact/hooks';
import { Refused } from './ask.ts';
import { hashOf, idOf } from './hash.ts';
import type { Store } from './store.ts';

/** Draws again after each change of the store, and each second for what counts down; at most once a frame. */
export function useStore(store: Store): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let isDue = false;
    const later = (): void => {
      if (isDue) return;
      isDue = true;
      // Not requestAnimationFrame: a page in the background is to be up to date when somebody looks at it.
      setTimeout(() => {
        isDue = false;
        draw(undefined);
      }, 16);
    };
    const end = store.subscribe(later);
    const timer = setInterval(later, 1_000);
    return () => {
      end();
      clearInterval(timer);
    };
  }, [store]);
}

/** What is known of something that is asked for again and again, and why no more, if the server does not say. */
export interface Learned<T> {
  readonly answer?: T | undefined;
  readonly trouble?: string | undefined;
}

/**
 * Asks now, whenever `when` changes, and again and again while the page is looked at. What was learned of something else is
 * forgotten.
 *
 * @param of what it is asked about
 */
export function useAnswer<T>(ask: () => Promise<T>, of: string, every: number, when: string = ''): Learned<T> {
  const [learned, setLearned] = useState<Learned<T> & { readonly of: string }>();
  useEffect(() => {
    let isOver = false;
    const learn = (news: Learned<T>): void => {
      if (!isOver) setLearned((known) => ({ ...(known?.of === of && known), of, trouble: undefined, ...news }));
    };
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        learn({ answer: await ask() });
      } catch (error) {
        // A server that is away is the connection's business to tell.
        learn({ trouble: error instanceof Refused ? error.message : undefined });
      }
    };
    void look();
    const timer = setInterval(look, every);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [of, every, when]);
  return learned?.of === of ? learned : {};
}

/** The breaker whose name stands behind the `#` of the address, so that it can be linked to and gone back from. */
export function useSelected(): string | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return idOf(hash);
}

/** Looks at a breaker, or at all of them. */
export function select(id: string | undefined): void {
  location.hash = id === undefined ? '' : hashOf(id);
}
