import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import {
  adaptive,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  createRegistry,
  failureRate,
  guardStream,
  isCircuitOpen,
  probes,
  ramp,
  slowCallRate,
} from '../../src/index.ts';
import { type Observed, observed } from './breakers.ts';

/** The store of each caller is named after it. */
const store = new AsyncLocalStorage<string>();
const CALLERS = ['ann', 'bob', 'cid', 'dot'];

type Call = () => Promise<string>;
type Form = (breaker: Breaker) => (call: Call) => Promise<unknown>;

/** A call, and the outcome with which its permit must be settled. */
const underPermit = async (permit: ReturnType<Breaker['acquire']>, call: Call): Promise<string> => {
  try {
    const value = await call();
    permit.settle('success');
    return value;
  } catch (error) {
    permit.settle('failure');
    throw error;
  }
};

/** Every form in which a breaker takes a call, made once for all callers and in no store. */
const FORMS: Readonly<Record<string, Form>> = {
  run: (breaker) => (call) => breaker.run(call),
  'run of a call that gives a thenable': (breaker) => (call) => breaker.run(() => thenable(call())),
  wrap: (breaker) => breaker.wrap((call: Call) => call()),
  'wrap within wrap': (breaker) => breaker.wrap(observed().breaker.wrap((call: Call) => call())),
  acquire: (breaker) => async (call) => underPermit(breaker.acquire(), call),
  tryAcquire: (breaker) => async (call) => underPermit(breaker.tryAcquire() ?? breaker.acquire(), call),
  guardStream: (breaker) => async (call) => {
    async function* chunks(): AsyncGenerator<string> {
      yield await call();
    }
    for await (const chunk of guardStream(breaker, chunks)) return chunk;
    return undefined;
  },
};

/** A thenable that calls back in another store, as libraries with their own promises may. */
function thenable<T>(promise: Promise<T>): PromiseLike<T> {
  const elsewhere = (handler: unknown) => (ending: unknown) =>
    store.run('elsewhere', () => (handler as (ending: unknown) => void)(ending));
  const value = (...handlers: unknown[]) => promise.then(...handlers.map(elsewhere));
  return Object.defineProperty({}, 'then', { value }) as PromiseLike<T>;
}

/** Plans that take other ways through the breaker. */
const PLANS: Readonly<Record<string, Partial<BreakerOptions>>> = {
  'a rule without a window': {},
  'the default': { openWhen: failureRate(0.5) },
  'a rule about slow calls': { openWhen: slowCallRate(0.5, { slowerThan: 100 }) },
  'a ramp': { recover: ramp([0.5, 1]) },
  'adaptive()': adaptive(),
};

const STATES: Readonly<Record<string, (circuit: Observed) => void>> = {
  closed: () => undefined,
  open: ({ breaker }) => breaker.trip(),
  'half-open': ({ breaker }) => breaker.halfOpen(),
  'open until just now': ({ breaker, clock }) => [breaker.trip(500), clock.advance(60_000)],
  isolated: ({ breaker }) => breaker.setMode('isolated'),
  disabled: ({ breaker }) => breaker.setMode('disabled'),
  'in shadow mode': ({ breaker }) => breaker.setMode('shadow'),
};

/** In whose store each caller found itself, by the places it came to. */
type Found = Record<string, Record<string, string | undefined>>;

/** What a caller that keeps to its own store comes by, refused or not. */
const ownStores = (found: Found): Found =>
  Object.fromEntries(
    Object.entries(found).map(([name, places]) => [
      name,
      Object.fromEntries(Object.keys(places).map((place) => [place, name])),
    ]),
  );

/** Four callers at once. Their calls wait, and end in reverse order when other code settles them. */
async function together(ask: (call: Call) => Promise<unknown>, fails: (name: string) => boolean): Promise<Found> {
  const found: Found = {};
  const gates: (() => void)[] = [];
  let left = CALLERS.length;
  const callers = CALLERS.map((name) => {
    const places: Record<string, string | undefined> = {};
    found[name] = places;
    const here = (place: string) => {
      places[place] = store.getStore();
    };
    const call = async (): Promise<string> => {
      here('call');
      await new Promise<void>((resolve) => gates.push(resolve));
      here('call, later');
      if (fails(name)) throw new Error('down');
      return name;
    };
    return store.run(name, async () => {
      const asked = ask(call);
      here('asked');
      await asked.then(
        (value) => here(`answered ${value === name ? 'its own' : value}`),
        (error: unknown) => here(isCircuitOpen(error) ? 'refused' : 'failed'),
      );
      here('after');
      left--;
    });
  });
  while (left > 0) {
    await new Promise(setImmediate);
    store.run('elsewhere', () => gates.pop()?.());
  }
  await Promise.all(callers);
  return found;
}

/** How many callers came to a place. */
const reached = (found: Found, place: string): number => Object.values(found).filter((each) => place in each).length;

describe.each(Object.keys(FORMS))(
  "%s: a caller's call and continuation see its own AsyncLocalStorage store",
  (form) => {
    const rows = Object.keys(PLANS).flatMap((plan) => Object.keys(STATES).map((state) => [plan, state] as const));

    it.each(rows)('with %s, while the circuit is %s', async (plan, state) => {
      for (const fails of [() => false, () => true, (name: string) => name === 'bob']) {
        const circuit = observed(PLANS[plan]);
        const ask = (FORMS[form] as Form)(circuit.breaker);
        STATES[state]?.(circuit);
        const found = await together(ask, fails);
        expect(found).toEqual(ownStores(found));
        expect(reached(found, 'call') + reached(found, 'refused')).toBe(CALLERS.length);
        expect(reached(found, 'call, later') + reached(found, 'refused')).toBe(CALLERS.length);
        if (/^open$|isolated/.test(state)) expect(reached(found, 'refused')).toBe(CALLERS.length);
        if (/closed|disabled|shadow/.test(state)) expect(reached(found, 'call')).toBe(CALLERS.length);
      }
    });

    it.each([
      ['reset', (breaker: Breaker) => breaker.reset()],
      ['trip', (breaker: Breaker) => breaker.trip()],
      ['reconfigure', (breaker: Breaker) => breaker.reconfigure({ openWhen: consecutiveFailures(9) })],
      ['setMode', (breaker: Breaker) => breaker.setMode('isolated')],
      ['subscribe', (breaker: Breaker) => breaker.subscribe(() => store.run('listener', () => {}), { outcomes: true })],
    ])('whatever an operator does meanwhile from another store: %s', async (_order, order) => {
      const { breaker } = observed();
      const ask = (FORMS[form] as Form)(breaker);
      const found = together(ask, () => false);
      store.run('operator', () => order(breaker));
      expect(await found).toEqual(ownStores(await found));
      expect(reached(await found, 'answered its own')).toBe(CALLERS.length);
    });

    it('when the place of a lost probe is reclaimed', async () => {
      const { breaker, clock } = observed({ recover: probes({ permitted: 1, successes: 1 }), permitTimeout: 5_000 });
      const ask = (FORMS[form] as Form)(breaker);
      breaker.halfOpen();
      void store.run('lost', () => ask(() => new Promise(() => undefined)));
      await new Promise(setImmediate);
      clock.advance(5_000);
      const found = await together(ask, () => false);
      expect(found).toEqual(ownStores(found));
      expect([reached(found, 'call'), reached(found, 'refused')]).toEqual([1, 3]);
    });
  },
);

describe('a hook', () => {
  it('of a breaker is called in the store of the caller whose call it is about', async () => {
    const told: [hook: string, about: string, whose: string | undefined][] = [];
    const note = (hook: string, about: unknown) => void told.push([hook, String(about), store.getStore()]);
    const { breaker } = observed({
      openWhen: consecutiveFailures(9),
      classify: (ending) => {
        note('classify', 'value' in ending ? ending.value : (ending.error as Error).message);
        throw new Error(store.getStore());
      },
      onError: (error) => note('onError', (error as Error).message),
    });
    breaker.subscribe((event) => event.type === 'outcome' && note('listener', store.getStore()), { outcomes: true });
    const act = (name: string) => (name < 'c' ? name : Promise.reject(new Error(name)));
    await Promise.allSettled(
      CALLERS.map((name) => store.run(name, () => breaker.run(() => Promise.resolve().then(() => act(name))))),
    );
    const own = CALLERS.flatMap((name) => ['classify', 'listener', 'onError'].map((hook) => [hook, name, name]));
    expect(told.sort()).toEqual(own.sort());
  });

  it('of a breaker that calls enterWith does not change the store of callers of run and wrap', async () => {
    const enter = () => {
      store.enterWith('hook');
      throw new Error('a hook with a mistake');
    };
    const { breaker } = observed({ openWhen: consecutiveFailures(9), classify: enter, onError: enter });
    breaker.subscribe(enter, { outcomes: true });
    for (const ask of [(FORMS['run'] as Form)(breaker), (FORMS['wrap'] as Form)(breaker)]) {
      const found = await together(ask, (name) => name === 'bob');
      expect(found).toEqual(ownStores(found));
    }
  });

  it('of a registry for options is called in the store of the first caller of a key', async () => {
    const asked: unknown[] = [];
    const registry = createRegistry({
      options: (key) => {
        asked.push([key, store.getStore()]);
        return { name: key };
      },
    });
    for (const name of CALLERS) await store.run(name, () => registry.get(name < 'c' ? 'a' : 'b').run(async () => 1));
    expect(asked).toEqual([
      ['a', 'ann'],
      ['b', 'cid'],
    ]);
  });
});
