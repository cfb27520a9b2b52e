import { rejected } from '../call/promise.ts';
import { read } from '../foreign/branches.ts';
import type { BegunAttempt, Way } from './instrument.ts';
import { type Method, observeEnding } from './replace-methods.ts';

/**
 * For methods that return a promise. A refused call rejects. The caller gets a plain promise, so do not use it for methods that
 * return more than one. A method that returns something else has ended when it returns.
 */
export function promise(): Way {
  return (original, begin) =>
    function (this: unknown, ...args) {
      const attempt = begin(this, args);
      return attempt ? promised(attempt, () => original().apply(this, args)) : original().apply(this, args);
    };
}

/**
 * For methods that take a callback as their last argument, as Node's do: `(error, value) => …`. A refused call gets the error
 * there, never before the method has returned. Without a callback the call goes through unprotected, because its end is not seen.
 */
export function callback(): Way {
  return (original, begin) =>
    function (this: unknown, ...args) {
      const attempt = hasCallback(args) ? begin(this, args) : undefined;
      return attempt ? calledBack(attempt, original(), this, args) : original().apply(this, args);
    };
}

/** For methods that take a callback, and return a promise if they get none. */
export function either(): Way {
  const [withCallback, withPromise] = [callback(), promise()];
  return (original, begin) => {
    const [calling, promising] = [withCallback(original, begin), withPromise(original, begin)];
    return function (this: unknown, ...args) {
      return (hasCallback(args) ? calling : promising).apply(this, args);
    };
  };
}

/**
 * For calls that must never be refused and say something all the same, such as the queries of a transaction: their endings are
 * recorded, without a permit.
 *
 * @param way how the method ends
 */
export function observe(way: Way = either()): Way {
  return (original, begin) => way(original, (self, args) => begin(self, args, true));
}

function promised(attempt: BegunAttempt, send: () => unknown): unknown {
  const { refused, settle } = attempt;
  if (refused) return rejected(refused.error);
  const answer = attempt.make(send);
  if (typeof read(answer, 'then') !== 'function') settle({ value: answer });
  return observeEnding(answer, settle);
}

function hasCallback(args: readonly unknown[]): boolean {
  return typeof args.at(-1) === 'function';
}

function calledBack(attempt: BegunAttempt, send: Method, self: unknown, args: readonly unknown[]): unknown {
  const { refused, settle } = attempt;
  const given = args.at(-1) as Method;
  if (refused) {
    void Promise.resolve().then(() => given(refused.error));
    return undefined;
  }
  const observed: Method = function (this: unknown, ...answer) {
    settle(answer[0] ? { error: answer[0] } : { value: answer[1] });
    return given.apply(this, answer);
  };
  // Some hosts look at how many parameters a callback has.
  Object.defineProperty(observed, 'length', { value: given.length, configurable: true });
  return attempt.make(() => send.apply(self, [...args.slice(0, -1), observed]));
}
