import { consecutiveFailures, createBreaker, type Ending, fixed, probes } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { around, type Callers, callers, made } from '../kit/callers.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** The AsyncLocalStorage store that hooks see, and the effect of a hook on a caller's store. */
export const hookContext: readonly Spec[] = [
  {
    name: 'a classifier, a listener and onError run in the store of the caller of the call',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const breaker = createBreaker({
        name: 'hooks',
        openWhen: consecutiveFailures(9),
        classify: (ending) => {
          all.named(whoseOf(ending)).note('classify');
          throw new Error('a classifier with a mistake');
        },
        onError: () => all.note('onError'),
      });
      breaker.subscribe(({ type }) => all.note(type), { outcomes: true });
      await all.all(async ({ name, turn }) => {
        const call = async () => {
          await turn();
          if (name === 'bob') throw name;
          return name;
        };
        await breaker.run(call).catch(() => undefined);
      });
      equal(Object.values(all.seen()), Array(4).fill(['classify', 'onError', 'outcome']));
    },
  },
  {
    name: 'a listener runs in the store of the caller whose call moved the circuit or was refused',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const clock = manualClock();
      const [openFor, recover] = [fixed(1_000), probes({ permitted: 1, successes: 1 })];
      const breaker = createBreaker({ name: 'moves', openWhen: consecutiveFailures(2), openFor, recover, clock });
      breaker.subscribe((event) => all.note(event.type === 'move' ? event.to : event.type));
      const fails = () => Promise.reject('down');
      const as = (name: string, call: () => unknown) =>
        all.store.run(name, () => breaker.run(call).then(undefined, () => undefined));
      await as('ann', fails);
      await as('bob', fails);
      await as('cid', fails);
      clock.advance(1_000);
      await as('dot', () => 'fine');
      equal(all.seen(), { ann: [], bob: ['open'], cid: ['reject'], dot: ['closed', 'half-open'] });
    },
  },
  {
    name: 'a hook that enters another store does not change the store of callers of run and wrap',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched({ openWhen: consecutiveFailures(9), classify: () => misbehave(all) });
      breaker.subscribe(() => misbehave(all), { outcomes: true });
      const wrapped = breaker.wrap((call: () => Promise<string>) => call());
      await all.all((caller) => {
        const fails = caller.name === 'ann' || caller.name === 'bob';
        const call = async () => {
          caller.note('call');
          await caller.turn();
          caller.note('call, later');
          if (fails) throw new Error('down');
          return 'fine';
        };
        const ask = () => (fails ? breaker.run(call) : wrapped(call));
        return around(caller, ask, () => 'answered');
      });
      equal(Object.values(all.seen()), Array(4).fill(made('answered')));
    },
  },
];

function whoseOf(ending: Ending): string {
  return String('value' in ending ? ending.value : ending.error);
}

/** Enters a store permanently if the runtime allows it, waits in another store, and fails. */
function misbehave({ store }: Callers): never {
  void store.run('hook', () => Promise.resolve().then(() => store.getStore()));
  store.enterWith('hook');
  throw new Error('a hook with a mistake');
}
