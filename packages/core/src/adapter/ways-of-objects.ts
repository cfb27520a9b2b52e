import { read } from '../foreign/branches.ts';
import type { Ending } from '../vocabulary/outcome.ts';
import type { MethodCall } from './attempt.ts';
import type { BegunAttempt, Way } from './instrument.ts';
import { type Method, replaceMethods } from './replace-methods.ts';
import { promise } from './ways.ts';

/** Options of {@link emitter}. */
export interface EmitterOptions {
  /** The event by which a call succeeds: `'end'`, `'response'`. Its first argument is the value. */
  readonly ok: string;

  /** The event by which it fails. Its first argument is the error. */
  readonly error: string;

  /**
   * Makes what a refused caller gets in place of an emitter.
   *
   * @default the refusal is thrown
   */
  readonly refuse?: ((error: unknown, args: MethodCall['args']) => unknown) | undefined;
}

/**
 * For methods that return an emitter of events. A `'close'` before either event is ignored: the caller has left. The emitter gets
 * no listener, so that an `'error'` that nobody listens to still ends the process.
 */
export function emitter({ ok, error, refuse }: EmitterOptions): Way {
  return (original, begin) =>
    function (this: unknown, ...args) {
      const attempt = begin(this, args);
      if (!attempt) return original().apply(this, args);
      const { refused } = attempt;
      if (refused) {
        if (refuse) return refuse(refused.error, args);
        throw refused.error;
      }
      const made = attempt.make(() => original().apply(this, args));
      watch(made, attempt, (event, value) => {
        if (event === ok) return { value };
        return event === error ? { error: value } : undefined;
      });
      return made;
    };
}

function watch(
  made: unknown,
  { settle }: BegunAttempt,
  endingOf: (event: unknown, value: unknown) => Ending | undefined,
) {
  if (typeof read(made, 'emit') !== 'function') return settle({ value: made });
  const patch = replaceMethods(made as object, {
    emit: (original) =>
      function (this: unknown, ...event) {
        const ending = endingOf(event[0], event[1]);
        if (ending) settle(ending);
        else if (event[0] === 'close') settle({ value: undefined }, 'ignored');
        if (ending || event[0] === 'close') patch.eject();
        return original().apply(this, event);
      },
  });
}

/**
 * For methods that make a batch: an object that collects commands and sends them together by a method of its own. That method
 * takes one permit for all of them.
 *
 * @param send the method that sends the batch
 * @param way how that method ends
 */
export function batch(send: string = 'exec', way: Way = promise()): Way {
  return (original, begin) =>
    function (this: unknown, ...args): unknown {
      const made = original().apply(this, args);
      if (typeof read(made, send) === 'function')
        replaceMethods(made as object, { [send]: (own: () => Method) => way(own, begin) });
      return made;
    };
}
