import type { Action, Guarded } from '../subjects/subject.ts';

/** Makes this many calls. Await the result. */
export type Loop = (calls: number) => unknown;

type Make = (call: Guarded['call'], action: Action) => Loop;

/**
 * A copy of the code for each subject. Engines learn from what a piece of code has met; one loop for all would have met
 * everything, and each subject would pay for its neighbours.
 */
function copyOf<F>(body: string, ...parameters: string[]): F {
  return new Function(...parameters, `return ${body}`) as F;
}

/** One call after another. */
export const inTurn: Make = (call, action) =>
  copyOf<Make>('async (n) => { for (let i = 0; i < n; i++) await call(action); }', 'call', 'action')(call, action);

/** One call after another, each of which fails or is refused. */
export const failing: Make = (call, action) =>
  copyOf<Make>(
    'async (n) => { for (let i = 0; i < n; i++) { try { await call(action); } catch {} } }',
    'call',
    'action',
  )(call, action);

/** The same from the bottom of a deep stack. */
export const failingDeep: Make = (call, action) =>
  copyOf<Make>(
    `async (n) => {
      const down = (depth) => (depth === 0 ? call(action) : down(depth - 1));
      for (let i = 0; i < n; i++) { try { await down(20); } catch {} }
    }`,
    'call',
    'action',
  )(call, action);

/** All at once. */
export const atOnce: Make = (call, action) =>
  copyOf<Make>(
    'async (n) => { const under = []; for (let i = 0; i < n; i++) under.push(call(action)); await Promise.all(under); }',
    'call',
    'action',
  )(call, action);

/** Something synchronous, again and again. What it gives is kept, so that no engine leaves it out. */
export function again(act: () => unknown): Loop {
  type Again = (act: () => unknown) => Loop;
  return copyOf<Again>('(n) => { for (let i = 0; i < n; i++) globalThis.__kept = act(); }', 'act')(act);
}
