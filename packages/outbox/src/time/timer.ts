/** The longest delay of a timer. Node replaces a longer one by one millisecond. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** `setTimeout` for any number of milliseconds; a delay that is too long for a timer is cut to 25 days. */
export function startTimer(ms: number, callback: () => void): NodeJS.Timeout {
  return setTimeout(callback, Math.min(ms, LONGEST_DELAY));
}

/** Waits at most `ms` milliseconds for a promise to settle. Resolves with whether it did. */
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

/** An error named `TimeoutError`, which breakers count as a timeout. */
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

/** A wait that can be ended early. A wake-up while there is no wait ends the next one at once. */
export class Wakeup {
  #end: (() => void) | undefined;
  #isDue = false;

  /** Ends the wait. */
  wake(): void {
    this.#isDue = true;
    this.#end?.();
  }

  /** Waits for `wake`, at most `ms` milliseconds. */
  async wait(ms: number): Promise<void> {
    if (!this.#isDue) await this.#sleep(ms);
    this.#isDue = false;
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = startTimer(ms, resolve);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
