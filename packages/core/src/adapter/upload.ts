import type { Ruling } from '../vocabulary/outcome.ts';
import type { GuardOptions } from './guard.ts';

/** What a call sends, where its source can break by itself: a stream, a form, files. */
export interface Upload {
  /** Whether the source broke, so that its error ended the call. Some sources have to be asked, and the caller waits. */
  hasBroken(error: unknown): boolean | PromiseLike<boolean>;

  /**
   * Whether files that were to be sent cannot be read. They have to be read to be known as unreadable, and the caller does
   * not wait for that. Returns nothing if there is nothing to ask.
   */
  hasUnreadableFiles?(error: unknown): Promise<boolean> | undefined;

  /** Removes what was put on the source to observe it. */
  leave?(): void;
}

/** Two parts of a guarded call. The first is what `guard` calls, the second belongs to its options. */
export interface WatchedUpload<T> {
  readonly call: () => T | PromiseLike<T>;
  readonly ownFault: NonNullable<GuardOptions<T>['ownFault']>;
}

/** The request was never made. */
const MISTAKE: Ruling = { outcome: 'ignored', kind: 'mistake' };

/** The source of the upload failed on this side. */
const UPLOAD: Ruling = { outcome: 'ignored', kind: 'upload' };

/**
 * Watches what a guarded call sends, so that a source that breaks on this side is not counted against the dependency. The
 * call rejects with its own error, and only once it is known whether the source broke.
 *
 * @param send makes the call; what it throws at once is thrown at once
 * @param begin starts to watch, once there is a permit; returns nothing if the source cannot break by itself
 * @param isMistake whether a call failed because no such request can be made
 * @example
 * ```ts
 * const { call, ownFault } = watchUpload(() => send(request), () => uploadOf(request.body), isMistake);
 * return guard(breaker, call, { ownFault, byDefault });
 * ```
 */
export function watchUpload<T>(
  send: () => T | PromiseLike<T>,
  begin: () => Upload | undefined,
  isMistake: (error: unknown) => boolean,
): WatchedUpload<T> {
  let upload: Upload | undefined;
  let isBroken = false;
  return {
    call() {
      upload = begin();
      return upload ? sent(send, upload, () => (isBroken = true)) : send();
    },
    ownFault(error) {
      if (isBroken) return UPLOAD;
      if (isMistake(error)) return MISTAKE;
      return upload?.hasUnreadableFiles?.(error)?.then((isUnreadable) => (isUnreadable ? UPLOAD : undefined));
    },
  };
}

function sent<T>(send: () => T | PromiseLike<T>, upload: Upload, broke: () => void): PromiseLike<T> {
  let answer: Promise<T>;
  try {
    answer = Promise.resolve(send());
  } catch (error) {
    upload.leave?.();
    throw error;
  }
  return answer.then(
    (value) => {
      upload.leave?.();
      return value;
    },
    (error: unknown) => {
      upload.leave?.();
      const rethrow = (isBroken: boolean): never => {
        if (isBroken) broke();
        throw error;
      };
      const isBroken = upload.hasBroken(error);
      return typeof isBroken === 'boolean' ? rethrow(isBroken) : isBroken.then(rethrow, () => rethrow(false));
    },
  );
}
