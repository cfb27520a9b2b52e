import type { Changes, World } from '../../src/wire/news.ts';
import { askWhyNoEvents } from './ask.ts';
import { BASE } from './base.ts';
import type { Store } from './store.ts';

/** Longer than the server is ever silent. */
const SILENCE = 25_000;
const AGAIN = 2_000;

/**
 * Listens to the server for as long as the page lives. Browsers come back by themselves, but not after an answer that was an
 * error, and they do not notice a connection that has silently died.
 */
export function connect(store: Store): void {
  let last = '';
  let watchdog = 0;
  const open = (): void => {
    const source = new EventSource(`${BASE}/events${last ? `?after=${encodeURIComponent(last)}` : ''}`);
    const again = (wait: number): void => {
      clearTimeout(watchdog);
      source.close();
      store.setLink('lost');
      setTimeout(open, wait);
    };
    const hear = <T>(take: (data: T) => void) => {
      return ({ data, lastEventId }: MessageEvent<string>): void => {
        clearTimeout(watchdog);
        watchdog = window.setTimeout(() => again(0), SILENCE);
        last = lastEventId || last;
        take(JSON.parse(data) as T);
      };
    };
    source.addEventListener(
      'world',
      hear<World>((world) => store.begin(world)),
    );
    source.addEventListener(
      'changes',
      hear<Changes>((changes) => store.apply(changes)),
    );
    source.addEventListener(
      'heartbeat',
      hear<number>(() => store.setLink('live')),
    );
    source.addEventListener('error', () => {
      const isRefused = source.readyState === EventSource.CLOSED;
      again(AGAIN);
      // The browser keeps the answer to itself.
      if (isRefused) void askWhyNoEvents().then((why) => why && store.setLink('lost', why));
    });
  };
  open();
}
