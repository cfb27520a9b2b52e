import {
  alternative,
  bulkhead,
  type Call,
  type CallOptions,
  cached,
  createBreaker,
  deadline,
  degraded,
  fallback,
  healthProbe,
  pipeline,
  retryBudget,
  timeout,
} from '@switchgear/policies';
import { around, type Caller, callers, made } from '../kit/callers.ts';
import type { Capability } from '../kit/capability.ts';
import { equal, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';

type Run = (call: Call<string>, options?: CallOptions) => Promise<unknown>;

const LONG = 20_000;
const down = (): Promise<never> => Promise.reject('down');
const hang = (): Promise<never> => new Promise(() => undefined);
const named = () => createBreaker({ name: 'asked' });
const runOf = (policy: { readonly run: Run }): Run => policy.run.bind(policy);
const queued = () => bulkhead({ concurrent: 1, queue: 9, queueFor: LONG });
const TIMED: readonly Capability[] = ['asyncContext', 'abort', 'timers', 'time'];
const BARE: readonly Capability[] = ['asyncContext'];

/** Every way in which policies make a call, once for all callers, with what it needs of the runtime. */
const WAYS: Readonly<Record<string, readonly [needs: readonly Capability[], way: () => Run]>> = {
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

const seen: readonly Spec[] = Object.entries(WAYS).map(
  ([what, [needs, way]]): Spec => ({
    name: `${what}: each caller's call and continuation see its own store, queued or not`,
    needs,
    async run() {
      const all = await callers();
      const run = way();
      await all.all((caller) =>
        around(
          caller,
          () => run(() => work(caller)),
          () => 'answered',
        ),
      );
      equal(Object.values(all.seen()), Array(4).fill(made('answered')));
    },
  }),
);

async function work(caller: Caller): Promise<string> {
  caller.note('call');
  await caller.turn();
  caller.note('call, later');
  return 'fine';
}

/** Ways in which the time of a call is over. */
const ENDS: Readonly<Record<string, () => Run>> = {
  timeout: () => runOf(timeout(10)),
  deadline: () => runOf(deadline({ limit: 10 })),
  'timeout, inside of other layers': () => runOf(pipeline(deadline({ limit: LONG }), queued(), named(), timeout(10))),
  'a step of a fallback': () => (call) =>
    fallback([degraded((_error, context) => call(context), { limit: 10 })]).run(down),
};

const told: readonly Spec[] = Object.entries(ENDS).map(
  ([what, way]): Spec => ({
    name: `${what}: when its time is over, a call is told so in its caller's store`,
    needs: TIMED,
    async run() {
      const all = await callers();
      const run = way();
      await all.all((caller) => run(({ signal }) => untilAborted(caller, signal)).catch(() => caller.note('rejected')));
      await until(() => Object.values(all.seen()).every(({ length }) => length === 2), 'all have been told');
      equal(Object.values(all.seen()), Array(4).fill(['aborted', 'rejected']));
    },
  }),
);

function untilAborted(caller: Caller, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => {
      caller.note('aborted');
      reject(signal.reason);
    }),
  );
}

const pinged: Spec = {
  name: 'healthProbe: pings see the store of whoever started them, every time',
  needs: TIMED,
  async run() {
    const all = await callers(['ann']);
    await all.all(async (caller) => {
      let pings = 0;
      const ping = () => {
        caller.note('ping');
        return ++pings % 2 ? down() : undefined;
      };
      const onChange = () => caller.note('changed');
      const probe = healthProbe({ breaker: named(), every: 1, unhealthyAfter: 1, ping, onChange });
      probe.start();
      await until(() => pings > 3, 'four pings');
      probe.stop();
    });
    equal([...new Set(all.seen()['ann'])], ['changed', 'ping']);
  },
};

/** Whose AsyncLocalStorage store a call under policies sees: its caller's, whoever's end or timer let it go on. */
export const asyncContext: readonly Spec[] = [...seen, ...told, pinged];
