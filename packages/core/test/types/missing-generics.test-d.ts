import { describe, expectTypeOf, it } from 'vitest';
import type * as core from '../../src/index.ts';
import {
  type Because,
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  type CircuitOpenError,
  createBreaker,
  createRegistry,
  findCircuitOpen,
  isCircuitOpen,
  type Metrics,
  optionsByKey,
  type Recover,
  type Snapshot,
  snapshot,
} from '../../src/index.ts';
import type * as testing from '../../src/testing/manual-clock.ts';
import type { AnyIn } from './any-in.ts';

const breaker = createBreaker({ name: 'payments' });

describe('a type parameter that is not given', () => {
  it('is never any in what core exports', () => {
    expectTypeOf<AnyIn<typeof core, 'core'>>().toBeNever();
    expectTypeOf<AnyIn<typeof testing, 'testing'>>().toBeNever();
    // And it would be found if it were.
    type Gone = ReturnType<typeof JSON.parse>;
    type Somewhere = { readonly sub: (listener: (event: { readonly gone: Gone }) => void) => Promise<string>[] };
    expectTypeOf<AnyIn<Somewhere, 'it'>>().toEqualTypeOf<'it.sub takes[] takes[].gone'>();
    expectTypeOf<AnyIn<() => Promise<Gone>[], 'it'>>().toEqualTypeOf<'it()[] resolved'>();
  });

  it('of a call is what the call returns', () => {
    expectTypeOf(breaker.run(() => 7)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(breaker.run(async () => new Date())).toEqualTypeOf<Promise<Date>>();
    expectTypeOf(breaker.run(() => {})).toEqualTypeOf<Promise<void>>();
    expectTypeOf(breaker.run((): unknown => 7)).toEqualTypeOf<Promise<unknown>>();
    expectTypeOf(breaker.run((): never => process.exit())).toEqualTypeOf<Promise<never>>();
  });

  it('of a wrapped function without annotations is unknown', () => {
    const echo = breaker.wrap((value) => value);
    expectTypeOf(echo).parameter(0).toBeUnknown();
    expectTypeOf(echo).returns.toEqualTypeOf<Promise<unknown>>();
  });

  it('of an ending is unknown: a classifier must check it', () => {
    createBreaker({
      name: 'payments',
      classify: (ending) => {
        if ('value' in ending) expectTypeOf(ending.value).toBeUnknown();
        else expectTypeOf(ending.error).toBeUnknown();
        return undefined;
      },
      onError: (error) => expectTypeOf(error).toBeUnknown(),
    });
  });

  it('of a custom recovery is unknown', () => {
    expectTypeOf<Recover>().toEqualTypeOf<Recover<unknown>>();
    expectTypeOf<Parameters<Recover['tally']>[0]>().toBeUnknown();
  });
});

describe('the types of what core returns', () => {
  it('a registry gives breakers', () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    expectTypeOf(registry.get('a')).toEqualTypeOf<Breaker>();
    expectTypeOf(registry.peek('a')).toEqualTypeOf<Breaker | undefined>();
    expectTypeOf([...registry]).toEqualTypeOf<Breaker[]>();
    expectTypeOf(optionsByKey([])).toEqualTypeOf<(key: string) => BreakerOptions>();
  });

  it('a caught error of any type can be inspected', () => {
    expectTypeOf(findCircuitOpen).parameter(0).toBeUnknown();
    expectTypeOf(findCircuitOpen).returns.toEqualTypeOf<CircuitOpenError | undefined>();
    expectTypeOf(isCircuitOpen).parameter(0).toBeUnknown();
  });

  it('events, metrics and snapshots are of their own types', () => {
    breaker.subscribe((event) => {
      expectTypeOf(event).toEqualTypeOf<BreakerEvent>();
      expectTypeOf(event.because).toEqualTypeOf<Because | undefined>();
      expectTypeOf(event.because?.evidence?.['failures']).toEqualTypeOf<number | undefined>();
    });
    expectTypeOf(breaker.metrics()).toEqualTypeOf<Metrics>();
    expectTypeOf(snapshot(breaker)).toEqualTypeOf<Snapshot>();
  });
});
