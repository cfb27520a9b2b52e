import { isCircuitOpen } from '@switchgear/core';
import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, watched } from '../kit/watched.ts';

/** `run` and `wrap` as asynchronous functions. */
export const calls: readonly Spec[] = [
  {
    name: 'plain values, promised values and those of foreign thenables come through',
    async run() {
      const { breaker } = watched();
      const thenable = Object.defineProperty({}, 'then', { value: (done: (value: number) => void) => done(3) });
      equal(await breaker.run(() => 1), 1);
      equal(await breaker.run(async () => 2), 2);
      equal(await breaker.run(() => thenable as PromiseLike<number>), 3);
      equal(await breaker.run(() => undefined), undefined);
      equal(breaker.metrics().failures, 0);
    },
  },
  {
    name: 'a synchronous throw is a rejection and a failure',
    async run() {
      const { breaker } = watched();
      const error = new Error('at once');
      const call = breaker.run(() => {
        throw error;
      });
      equal(await rejection(call), error);
      equal(breaker.metrics().failures, 1);
    },
  },
  {
    name: 'a refusal is a rejection, never a throw, and leaves time to attach a handler',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const refused = breaker.run(() => 'never');
      await Promise.resolve();
      holds(isCircuitOpen(await rejection(refused)), 'the refusal arrives');
    },
  },
  {
    name: 'each refusal has an error and a promise of its own',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const promises = [1, 2, 3].map(() => breaker.run(() => 'never'));
      const refusals = await Promise.all(promises.map(rejection));
      equal([new Set(promises).size, new Set(refusals).size], [3, 3]);
    },
  },
  {
    name: 'a wrapped function keeps its this and its arguments',
    async run() {
      const { breaker } = watched();
      const account = {
        rate: 2,
        interest: breaker.wrap(function (this: { rate: number }, amount: number, years: number) {
          return this.rate * amount * years;
        }),
      };
      equal(await account.interest(10, 3), 60);
    },
  },
  {
    name: 'each of a hundred concurrent calls gets its own answer',
    async run() {
      const { breaker } = watched();
      const numbers = Array.from({ length: 100 }, (_, i) => i);
      equal(await Promise.all(numbers.map((i) => breaker.run(async () => i))), numbers);
      equal(breaker.metrics().calls, 100);
    },
  },
  {
    name: 'of many concurrent callers after the open period, one is admitted and the others are refused at once',
    async run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(1_000);
      let made = 0;
      const answers = Array.from({ length: 10 }, () => breaker.run(async () => ++made).catch(isCircuitOpen));
      equal((await Promise.all(answers)).filter((answer) => answer === true).length, 9);
      equal(made, 1);
    },
  },
  {
    name: 'a refusal by a nested breaker is ignored',
    async run() {
      const [outer, inner] = [watched(), watched()];
      inner.breaker.trip();
      await fail(outer.breaker, await fail(inner.breaker));
      equal([outer.breaker.metrics().calls, outer.breaker.metrics().ignored], [0, 1]);
    },
  },
];
