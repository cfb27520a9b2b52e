import { CircuitOpenError, createBreaker, findCircuitOpen, isCircuitOpen } from '@switchgear/core';
import { equal, holds, thrown } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, succeed, watched } from '../kit/watched.ts';

/** Refusals, the errors of callers, and user code that throws. */
export const errors: readonly Spec[] = [
  {
    name: 'a refusal names its breaker, its reason, since when it is open, and when to retry',
    async run() {
      const { breaker, clock } = watched();
      await fail(breaker);
      await fail(breaker);
      clock.advance(400);
      const refusal = (await fail(breaker)) as CircuitOpenError;
      holds(refusal instanceof CircuitOpenError && refusal instanceof Error, 'an error of its own class');
      equal([refusal.name, refusal.code], ['CircuitOpenError', 'EOPENBREAKER']);
      equal([refusal.breaker, refusal.retryAfter, refusal.because.rule], ['watched', 600, 'consecutiveFailures']);
      equal([refusal.because.at, refusal.because.nextAttemptAt], [0, 1_000]);
    },
  },
  {
    name: 'a refusal is found behind cause, sourceError and the errors of an AggregateError',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const refusal = await fail(breaker);
      const wrapped = Object.assign(new Error('client'), { sourceError: refusal });
      const bundled = new AggregateError([new Error('one'), new Error('two', { cause: wrapped })]);
      equal(findCircuitOpen(bundled), refusal);
      equal(isCircuitOpen(new Error('circuit "x" is open')), false);
    },
  },
  {
    name: 'a circular chain of causes is followed only once',
    run() {
      const error = new Error('snake');
      error.cause = error;
      equal(isCircuitOpen(error), false);
    },
  },
  {
    name: 'a refusal leaves the stack traces of other errors as they were',
    async run() {
      const limits = Error as { stackTraceLimit?: number };
      const before = limits.stackTraceLimit;
      const { breaker } = watched();
      breaker.trip();
      await fail(breaker);
      equal(limits.stackTraceLimit, before);
    },
  },
  {
    name: "the caller's own error comes through unchanged, whatever its type",
    async run() {
      const { breaker } = watched();
      for (const error of [new Error('down'), { not: 'an error' }, 'text', null]) {
        breaker.reset();
        holds(Object.is(await fail(breaker, error), error), 'the same value');
      }
    },
  },
  {
    name: 'a listener that throws has no effect and is reported',
    async run() {
      const reported: unknown[] = [];
      const { breaker, moves } = watched({ onError: (error, where) => reported.push([where, error]) });
      breaker.subscribe(() => {
        throw 'listener';
      });
      equal(await fail(breaker, 'down'), 'down');
      await fail(breaker);
      equal([moves(), breaker.metrics().errors], [['closed>open'], 1]);
      equal(reported, [['listener', 'listener']]);
    },
  },
  {
    name: 'a classifier that throws is reported, and the default ruling applies',
    async run() {
      const classify = () => {
        throw new Error('classifier');
      };
      const { breaker } = watched({ classify });
      equal(await succeed(breaker), 'fine');
      equal(await fail(breaker, 'down'), 'down');
      const { calls, failures, errors: thrownSoFar } = breaker.metrics();
      equal([calls, failures, thrownSoFar], [2, 1, 2]);
    },
  },
  {
    name: 'events survive JSON',
    async run() {
      const { breaker, events } = watched();
      for (let i = 0; i < 3; i++) await fail(breaker);
      equal(JSON.parse(JSON.stringify(events)), events);
      equal(
        events.map(({ type }) => type),
        ['move', 'reject'],
      );
    },
  },
  {
    name: 'events survive a structured clone',
    needs: ['structuredClone'],
    async run() {
      const { breaker, events } = watched();
      for (let i = 0; i < 3; i++) await fail(breaker);
      equal(structuredClone(events), events);
    },
  },
  {
    name: 'an option out of range is refused at creation, with its name and its value',
    run() {
      const error = thrown(() => createBreaker({ name: 'x', permitTimeout: Number.NaN })) as Error;
      holds(error instanceof RangeError || error instanceof TypeError, 'an error of the kind the language has for it');
      holds(/permitTimeout/.test(error.message) && /NaN/.test(error.message), error.message);
      const unknown = thrown(() => createBreaker({ name: 'x', treshold: 5 } as never)) as Error;
      holds(/treshold/.test(unknown.message), unknown.message);
    },
  },
];
