/** How many timers of this process are waiting, unref'd ones among them, which Node itself does not list. */
export interface TimerWatch {
  readonly waiting: number;
  readonly made: number;
}

/** Counts every timer from now on. */
export function watchTimers(): TimerWatch {
  const waiting = new Set<unknown>();
  let made = 0;
  const { setTimeout: once, setInterval: again, clearTimeout: stopOnce, clearInterval: stopAgain } = globalThis;

  globalThis.setTimeout = ((act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = once(() => {
      waiting.delete(timer);
      act(...args);
    }, ms);
    made++;
    waiting.add(timer);
    return timer;
  }) as typeof setTimeout;
  globalThis.setInterval = ((act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = again(act, ms, ...args);
    made++;
    waiting.add(timer);
    return timer;
  }) as typeof setInterval;
  const stop = (clear: (timer: never) => void) => (timer: unknown) => {
    waiting.delete(timer);
    clear(timer as never);
  };
  // Else limits would take them for a test's, and have a timer each.
  Object.defineProperty(globalThis.setTimeout, 'name', { value: 'setTimeout' });
  Object.defineProperty(globalThis.setInterval, 'name', { value: 'setInterval' });
  globalThis.clearTimeout = stop(stopOnce) as typeof clearTimeout;
  globalThis.clearInterval = stop(stopAgain) as typeof clearInterval;
  return {
    get waiting() {
      return waiting.size;
    },
    get made() {
      return made;
    },
  };
}
