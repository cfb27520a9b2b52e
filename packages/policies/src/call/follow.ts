import { reasonOf } from '@switchgear/core/adapter';

/** Something that is aborted with a signal. */
export interface Follower {
  abort(reason: unknown): void;
}

/** All followers of a signal behind one listener, because many calls may share one long-lived signal. */
interface Following {
  readonly followers: Set<Follower>;
  readonly listener: () => void;
}

const followings = new WeakMap<AbortSignal, Following>();

/**
 * Aborts the follower when the signal aborts. A signal has one listener of ours while it has followers, and none afterwards.
 * `AbortSignal.any` would do the same, but React Native lacks it.
 */
export function follow(signal: AbortSignal, follower: Follower): void {
  const { followers } = followings.get(signal) ?? listenTo(signal);
  followers.add(follower);
}

/** Ends what {@link follow} began. */
export function unfollow(signal: AbortSignal, follower: Follower): void {
  const following = followings.get(signal);
  if (following?.followers.delete(follower) && following.followers.size === 0) stopListening(signal, following);
}

function listenTo(signal: AbortSignal): Following {
  const followers = new Set<Follower>();
  const listener = (): void => {
    stopListening(signal, following);
    for (const follower of followers) follower.abort(reasonOf(signal));
  };
  const following = { followers, listener };
  followings.set(signal, following);
  // A minimal signal, as breakers accept it, has only `aborted` and cannot notify.
  signal.addEventListener?.('abort', listener);
  return following;
}

function stopListening(signal: AbortSignal, { listener }: Following): void {
  signal.removeEventListener?.('abort', listener);
  followings.delete(signal);
}

/** Aborts the controller, and sets the reason even where signals do not support one. */
export function abortWith(controller: AbortController, reason: unknown): void {
  const { signal } = controller;
  if (!('reason' in signal)) Object.defineProperty(signal, 'reason', { value: reason });
  controller.abort(reason);
}
