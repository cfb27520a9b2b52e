import type { Millis } from '@switchgear/core';
import { type Follower, follow, unfollow } from '../call/follow.ts';
import { hostTime } from '../time/host.ts';

/** Whether this engine can wait. QuickJS, for one, has no timers. */
export function canPause(): boolean {
  return typeof hostTime().setTimeout === 'function';
}

/**
 * Waits, unless the signal aborts first: then it rejects with the signal's reason. Either way no timer and no listener is
 * left. The timer keeps the process alive, unlike others of this package, because the call it belongs to is not over.
 */
export function pause(ms: Millis, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const { setTimeout, clearTimeout } = hostTime();
    const waiting: Follower = {
      abort(reason) {
        clearTimeout(timer);
        reject(reason);
      },
    };
    const timer = setTimeout(() => {
      unfollow(signal, waiting);
      resolve();
    }, ms);
    follow(signal, waiting);
  });
}
