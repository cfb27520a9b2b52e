import type { Changes, FullState } from '../../src/wire/messages.ts';
import { basePath } from './address.ts';
import { askWhyNoEvents } from './ask.ts';
import type { Store } from './store.ts';

/** Longer than the server's interval between messages, in milliseconds. */
const SILENCE = 25_000;

/** Wait before the next attempt to connect, in milliseconds. */
const RETRY = 2_000;

/**
 * Keeps the page connected to the server's events. Browsers reconnect by themselves, but not after an error response, and they do
 * not notice a connection that has silently died.
 */
export function connect(store: Store): void {
  let last = '';
  let watchdog = 0;
  const open = (): void => {
    const source = new EventSource(`${basePath()}/events${last ? `?after=${encodeURIComponent(last)}` : ''}`);
    const again = (wait: number): void => {
      clearTimeout(watchdog);
      source.close();
      store.setLink('lost');
      setTimeout(open, wait);
    };
    const on = <T>(handle: (data: T) => void) => {
      return ({ data, lastEventId }: MessageEvent<string>): void => {
        clearTimeout(watchdog);
        watchdog = window.setTimeout(() => again(0), SILENCE);
        last = lastEventId || last;
        handle(JSON.parse(data) as T);
      };
    };
    source.addEventListener(
      'state',
      on<FullState>((state) => store.replace(state)),
    );
    source.addEventListener(
      'changes',
      on<Changes>((changes) => store.apply(changes)),
    );
    source.addEventListener(
      'heartbeat',
      on<number>(() => store.setLink('live')),
    );
    source.addEventListener('error', () => {
      const isRefused = source.readyState === EventSource.CLOSED;
      again(RETRY);
      // EventSource does not expose the response, so ask again for the reason.
      if (isRefused) void askWhyNoEvents().then((why) => why && store.setLink('lost', why));
    });
  };
  open();
}
