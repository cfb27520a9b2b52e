import { createBreaker } from '@switchgear/core';
import {
  alternative,
  bulkhead,
  type Call,
  type CallOptions,
  cached,
  deadline,
  degraded,
  fallback,
  pipeline,
  retryBudget,
  timeout,
} from '@switchgear/policies';
import type { Capability } from '../kit/capability.ts';

/** Makes a call under policies. */
export type Run = (call: Call<string>, options?: CallOptions) => Promise<unknown>;

/** Milliseconds that no spec waits for. */
export const LONG = 20_000;
/** A call that fails. */
export const down = (): Promise<never> => Promise.reject('down');
const hang = (): Promise<never> => new Promise(() => undefined);
/** A breaker with its defaults. */
export const named = () => createBreaker({ name: 'asked' });
/** The `run` of a policy as a plain function. */
export const runOf = (policy: { readonly run: Run }): Run => policy.run.bind(policy);
/** A bulkhead in which all callers but one wait. */
export const queued = () => bulkhead({ concurrent: 1, queue: 9, queueFor: LONG });
/** What ways with time limits need of the runtime. */
export const TIMED: readonly Capability[] = ['asyncContext', 'abort', 'timers', 'time'];
/** What the other ways need. */
const BARE: readonly Capability[] = ['asyncContext'];

/** Every way in which policies make a call, once for all callers, with what it needs of the runtime. */
export const WAYS: Readonly<Record<string, readonly [needs: readonly Capability[], way: () => Run]>> = {
  timeout: [TIMED, () => runOf(timeout(LONG))],
  deadline: [TIMED, () => runOf(deadline({ limit: LONG }))],
  'a deadline that limits nothing': [BARE, () => runOf(deadline())],
  'a bulkhead with a slot for each': [BARE, () => runOf(bulkhead({ concurrent: 9 }))],
  'a bulkhead in whose queue all but one wait': [TIMED, () => runOf(queued())],
  'a bulkhead whose slots are reclaimed': [
    TIMED,
    () => {
      const slots = bulkhead({ concurrent: 1, queue: 9, queueFor: LONG, reclaimAfter: 5 });
      void slots.run(hang);
      return runOf(slots);
    },
  ],
  fallback: [BARE, () => runOf(fallback([degraded(() => 'less')]))],
  'degraded, a step of a fallback': [
    BARE,
    () => (call) => fallback([degraded((_error, context) => call(context), { limit: LONG })]).run(down),
  ],
  'alternative, a step of a fallback': [
    BARE,
    () => (call) => fallback([alternative(call, { breaker: named(), limit: LONG })]).run(down),
  ],
  'a step that is asked when the one before it hangs': [
    TIMED,
    () => (call) =>
      fallback([degraded(hang, { limit: 5 }), degraded((_error, context) => call(context), { limit: LONG })]).run(down),
  ],
  'the store of what is cached': [
    BARE,
    () => (call) => {
      const store = { get: async () => ({ value: await call({} as never), at: Date.now() }), set: () => undefined };
      return fallback([cached({ maxAge: LONG, key: 'one', store, limit: LONG })]).run(down);
    },
  ],
  'a pipeline of all layers': [
    TIMED,
    () =>
      runOf(pipeline(fallback([degraded(() => 'less')]), deadline({ limit: LONG }), queued(), named(), timeout(LONG))),
  ],
  'a pipeline that a retry repeats': [
    TIMED,
    () => {
      const [budget, through] = [retryBudget(), pipeline(queued(), named())];
      return async (call) => {
        for (let attempt = 0; ; attempt++) {
          try {
            return await through.run((context) => (attempt === 0 ? down() : call(context)));
          } catch (error) {
            if (!budget.spend(error)) throw error;
          }
        }
      };
    },
  ],
};
