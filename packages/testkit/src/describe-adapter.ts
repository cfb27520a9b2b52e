import {
  type Breaker,
  consecutiveFailures,
  createBreaker,
  type Ending,
  fixed,
  isCircuitOpen,
  probes,
} from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { countPermits, type PermitCount } from './count-permits.ts';

/** Failures in a row that open the circuit of these tests, and how long it stays open. */
const LIMIT = 3;
const OPEN_FOR = 1_000;

/**
 * The rules that every adapter keeps, tested with its real host. The tests do not wait: they move the breaker's clock.
 *
 * @param attach puts the breaker in front of a new host with a healthy dependency
 */
export function describeAdapter(
  name: string,
  attach: (breaker: Breaker) => AdapterUnderTest | Promise<AdapterUnderTest>,
): void {
  describe(`${name} keeps the rules of an adapter`, () => {
    const clock = manualClock();
    let breaker: Breaker;
    let permits: PermitCount;
    let host: AdapterUnderTest;

    beforeEach(async () => {
      breaker = createBreaker({
        name,
        openWhen: consecutiveFailures(LIMIT),
        openFor: fixed(OPEN_FOR),
        recover: probes({ permitted: 1, successes: 1 }),
        clock,
      });
      permits = countPermits(breaker);
      host = await attach(permits.breaker);
    });

    afterEach(async () => {
      await host.dispose?.();
      expect(permits, 'each permit is settled, once').toMatchObject({ inFlight: 0, settledTwice: 0 });
    });

    const refused = (ending: Ending) => host.refused?.(ending) ?? ('error' in ending && isCircuitOpen(ending.error));

    async function open(): Promise<void> {
      for (let failure = 0; failure < LIMIT; failure += 1) await endingOf(host.fail());
      expect(breaker.state).toBe('open');
    }

    async function halfOpen(): Promise<void> {
      await open();
      clock.advance(OPEN_FOR);
    }

    it('a success comes through and counts as one', async () => {
      expect(await endingOf(host.succeed())).toHaveProperty('value');
      expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
    });

    it('a failure comes through and counts as one', async () => {
      expect(refused(await endingOf(host.fail()))).toBe(false);
      expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
    });

    it('an ending that says nothing about the dependency comes through and is not counted', async () => {
      expect(refused(await endingOf(host.sayNothing()))).toBe(false);
      expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0 });
    });

    it("the host's own error is the one the caller sees", async () => {
      const error = new Error('the very same');
      expect(await endingOf(host.relay(error))).toHaveProperty('error', error);
    });

    it('an open circuit refuses without reaching the dependency', async () => {
      await open();
      const reached = host.reached();
      expect(refused(await endingOf(host.succeed()))).toBe(true);
      expect(host.reached()).toBe(reached);
      expect(breaker.metrics().rejected).toBe(1);
    });

    it('a probe that succeeds closes the circuit', async () => {
      await halfOpen();
      expect(await endingOf(host.succeed())).toHaveProperty('value');
      expect(breaker.state).toBe('closed');
    });

    it('a probe that fails opens it again', async () => {
      await halfOpen();
      expect(refused(await endingOf(host.fail()))).toBe(false);
      expect(breaker.state).toBe('open');
    });

    it('an ignored probe frees its place for the next call', async () => {
      await halfOpen();
      await endingOf(host.sayNothing());
      expect(breaker.state).toBe('half-open');
      expect(await endingOf(host.succeed())).toHaveProperty('value');
      expect(breaker.state).toBe('closed');
    });

    it('one probe goes through at a time', async () => {
      await halfOpen();
      const reached = host.reached();
      const endings = await Promise.all([host.fail(), host.fail(), host.fail()].map(endingOf));
      expect(endings.map(refused)).toEqual([false, true, true]);
      expect(host.reached()).toBe(reached + 1);
    });
  });
}

function endingOf(call: Promise<unknown>): Promise<Ending> {
  return call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
