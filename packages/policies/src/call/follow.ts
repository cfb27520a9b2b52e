import { reasonOf } from '@switchgear/core/adapter';

/** Whoever is told that a signal has aborted. */
export interface Follower {
  abort(reason: unknown): void;
}

/** All who follow a signal, behind one listener: many calls may share one long-lived signal. */
interface Crowd {
  readonly followers: Set<Follower>;
  readonly listener: () => void;
}

const crowds = new WeakMap<AbortSignal, Crowd>();

/**
 * Tells the follower when the signal aborts. While anybody follows a signal it has one listener of ours, and afterwards none.
 * `AbortSignal.any` would do it too, but React Native has none.
 */
export function follow(signal: AbortSignal, follower: Follower): void {
  const { followers } = crowds.get(signal) ?? gather(signal);
  followers.add(follower);
}

/** Ends what {@link follow} began. */
export function unfollow(signal: AbortSignal, follower: Follower): void {
  const crowd = crowds.get(signal);
  if (crowd?.followers.delete(follower) && crowd.followers.size === 0) disperse(signal, crowd);
}

function gather(signal: AbortSignal): Crowd {
  const followers = new Set<Follower>();
  const listener = (): void => {
    disperse(signal, crowd);
    for (const follower of followers) follower.abort(reasonOf(signal));
  };
  const crowd = { followers, listener };
  crowds.set(signal, crowd);
  // A signal that only says whether it has aborted, as breakers take it, tells nobody.
  signal.addEventListener?.('abort', listener);
  return crowd;
}

function disperse(signal: AbortSignal, { listener }: Crowd): void {
  signal.removeEventListener?.('abort', listener);
  crowds.delete(signal);
}

/** Aborts, with a reason also where signals know none. */
export function abort(controller: AbortController, reason: unknown): void {
  const { signal } = controller;
  if (!('reason' in signal)) Object.defineProperty(signal, 'reason', { value: reason });
  controller.abort(reason);
}
