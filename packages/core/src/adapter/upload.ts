import type { Ruling } from '../vocabulary/outcome.ts';
import type { GuardOptions } from './guard.ts';

/** The source that a call sends from, if it can break by itself: a stream, a form, files. */
export interface Upload {
  /** Whether the source broke, so that its error ended the call. If it returns a promise, the caller waits for it. */
  hasBroken(error: unknown): boolean | PromiseLike<boolean>;

  /**
   * Whether files that were to be sent cannot be read. Finding out means reading them, so the caller does not wait for it.
   * Returns `undefined` if there are no such files.
   */
  hasUnreadableFiles?(error: unknown): Promise<boolean> | undefined;

  /** Stops observing the source. */
  leave?(): void;
}

/** Two arguments for `guard`: the call, and the option `ownFault`. */
export interface WatchedUpload<T> {
  readonly call: () => T | PromiseLike<T>;
  readonly ownFault: NonNullable<GuardOptions<T>['ownFault']>;
}

/** The ruling if the request was never made. */
const MISTAKE: Ruling = { outcome: 'ignored', kind: 'mistake' };

/** The ruling if the source of the upload failed on this side. */
const UPLOAD: Ruling = { outcome: 'ignored', kind: 'upload' };

/**
 * Watches the source that a guarded call sends from, so that a source that breaks on this side does not count against the
 * dependency. The call rejects with its own error, once it is known whether the source broke.
 *
 * @param send makes the call; what it throws synchronously is thrown synchronously
 * @param begin starts to watch once there is a permit; returns `undefined` if the source cannot break by itself
 * @param isMistake whether a call failed because its request is invalid
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
