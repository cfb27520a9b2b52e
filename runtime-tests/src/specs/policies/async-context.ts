import { deadline, degraded, fallback, healthProbe, pipeline, timeout } from '@switchgear/policies';
import { around, type Caller, callers, made } from '../kit/callers.ts';
import { equal, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { down, LONG, named, queued, type Run, runOf, TIMED, WAYS } from './ways.ts';

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

/** Every way in which a call can time out. */
const ENDS: Readonly<Record<string, () => Run>> = {
  timeout: () => runOf(timeout(10)),
  deadline: () => runOf(deadline({ limit: 10 })),
  'timeout, inside of other layers': () => runOf(pipeline(deadline({ limit: LONG }), queued(), named(), timeout(10))),
  'a step of a fallback': () => (call) =>
    fallback([degraded((_error, context) => call(context), { limit: 10 })]).run(down),
};

const told: readonly Spec[] = Object.entries(ENDS).map(
  ([what, way]): Spec => ({
    name: `${what}: when its time is over, the abort listener of a call runs in its caller's store`,
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
  name: 'healthProbe: every ping sees the store of the caller of start',
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

/** A call under policies sees its caller's AsyncLocalStorage store, even if another call or a timer resumed it. */
export const asyncContext: readonly Spec[] = [...seen, ...told, pinged];
