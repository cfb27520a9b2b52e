import { useEffect, useReducer, useState } from 'preact/hooks';
import { hashOf, idOf } from './address.ts';
import { Refused } from './ask.ts';
import type { Store } from './store.ts';

/** Renders after each change of the store, and each second for the countdowns; at most once per frame. */
export function useStore(store: Store): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let isDue = false;
    const later = (): void => {
      if (isDue) return;
      isDue = true;
      // Not requestAnimationFrame, which is paused in background tabs: the page must be up to date when it is shown again.
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

/** The latest answer to a polled request, and the reason if the server refuses it. */
export interface Learned<T> {
  readonly answer?: T | undefined;
  readonly trouble?: string | undefined;
}

/**
 * Polls now, whenever `when` changes, and at intervals while the page is visible. A change of `of` discards the last answer.
 *
 * @param of what the request is about
 * @param every the interval in milliseconds
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
        // The connection status already shows an unreachable server.
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

/** The selected breaker. It is kept in the address after `#`, so that links and the back button work. */
export function useSelected(): string | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return idOf(hash);
}

/** Selects a breaker; `undefined` selects none. */
export function select(id: string | undefined): void {
  location.hash = id === undefined ? '' : hashOf(id);
}
