import { begin } from '../call/begin.ts';
import type { Call } from '../call/call-options.ts';
import type { TimedCall } from './timed-call.ts';

/**
 * Makes a call that may be given up before it ends.
 *
 * @param timed makes the call's context, given the function that rejects it
 */
export function limited<T>(call: Call<T>, timed: (reject: (error: unknown) => void) => TimedCall): Promise<T> {
  return new Promise((resolve, reject) => {
    const context = timed(reject);
    begin(call, context)
      .then(
        (value) => {
          context.end();
          return value;
        },
        (error: unknown) => {
          context.end();
          throw error;
        },
      )
      // The promise's own functions, and nothing round them: so engines find the caller for the stack of an error.
      .then(resolve, reject);
  });
}
