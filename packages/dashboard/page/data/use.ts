import { useEffect, useReducer, useState } from 'preact/hooks';
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

/**
 * Asks now, whenever `key` changes, and again and again while the page is looked at. What was learned for another key is forgotten.
 */
export function useAnswer<T>(ask: () => Promise<T>, key: string, every: number): T | undefined {
  const [learned, setLearned] = useState<{ readonly key: string; readonly answer: T }>();
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      // A server that is away is the connection's business to tell.
      const answer = await ask().catch(() => undefined);
      if (!isOver && answer !== undefined) setLearned({ key, answer });
    };
    void look();
    const timer = setInterval(look, every);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [key, every]);
  const of = key.split('\n', 1)[0];
  return learned && learned.key.split('\n', 1)[0] === of ? learned.answer : undefined;
}

/** The breaker whose name stands behind the `#` of the address, so that it can be linked to and gone back from. */
export function useSelected(): string | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash.length > 1 ? decodeURIComponent(hash.slice(1)) : undefined;
}

/** Looks at a breaker, or at all of them. */
export function select(id: string | undefined): void {
  location.hash = id === undefined ? '' : encodeURIComponent(id);
}
