/** The longest delay of a timer. Node takes a longer one for one millisecond. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** `setTimeout` for any number of milliseconds; what is too long for a timer fires after 25 days. */
export function startTimer(ms: number, callback: () => void): NodeJS.Timeout {
  return setTimeout(callback, Math.min(ms, LONGEST_DELAY));
}

/** Waits for a promise to settle, but no longer than this. Says whether it did. */
export function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = startTimer(ms, () => resolve(false));
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

/** An error that says that something took too long. Breakers count it as a timeout. */
export function timeoutError(message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { name: 'TimeoutError' });
}

/**
 * The same promise with a time limit; what it does after that is ignored.
 *
 * @param onOver called first when the limit is reached
 */
export function within<T>(promise: Promise<T>, ms: number, what: string, onOver?: (error: Error) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = startTimer(ms, () => {
      const error = timeoutError(`${what} took longer than ${ms} ms`);
      onOver?.(error);
      reject(error);
    });
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
