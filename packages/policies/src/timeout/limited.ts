import { begin, whenOver } from '../call/begin.ts';
import type { Call, CallOptions } from '../call/call-options.ts';
import { DerivedCall } from '../call/derived-call.ts';
import type { TimeLimit } from '../call/time-limit.ts';
import type { WaitingRow } from '../call/waiting.ts';
import type { Deadline } from '../deadline/deadline.ts';

/**
 * Makes a call that may be given up before it ends.
 *
 * @param row where it waits for its time to be over
 * @param left what its context says is left of the caller's time
 */
export function limited<T>(
  call: Call<T>,
  options: CallOptions | undefined,
  by: TimeLimit,
  row: WaitingRow,
  left?: Deadline,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const context = new DerivedCall(options, by, row, reject, left);
    whenOver(
      begin(call, context),
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
