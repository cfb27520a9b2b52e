import type { Breaker } from './breaker.ts';

let isInspectable = false;

/**
 * What loggers show of a breaker, instead of all there is inside: name, state and mode in JSON, and one line where the runtime
 * asks by this symbol for `console.log`. Set at the first breaker, because nothing happens at import.
 */
export function makeInspectable(prototype: Breaker): void {
  if (isInspectable) return;
  isInspectable = true;
  Object.assign(prototype, {
    toJSON(this: Breaker): object {
      const { name, state, mode } = this;
      return { name, state, mode };
    },
    [Symbol.for('nodejs.util.inspect.custom')](this: Breaker): string {
      const { name, state, mode } = this;
      return `Breaker ${JSON.stringify(name)} (${state}${mode === 'active' ? '' : `, ${mode}`})`;
    },
  });
}
