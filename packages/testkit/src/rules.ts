import type { Breaker, Ending } from '@switchgear/core';
import { isCircuitOpen } from '@switchgear/core';
import type { ManualClock } from '@switchgear/core/testing';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { requireSame } from './expectations.ts';

/** Failures in a row that open the circuit of these tests. */
export const LIMIT = 3;
/** How long the circuit of these tests stays open, in milliseconds. */
export const OPEN_PERIOD = 1_000;

/** An adapter's host behind a breaker. */
export class Subject {
  readonly host: AdapterUnderTest;
  readonly breaker: Breaker;
  readonly clock: ManualClock;

  constructor(host: AdapterUnderTest, breaker: Breaker, clock: ManualClock) {
    this.host = host;
    this.breaker = breaker;
    this.clock = clock;
  }

  isRefused(ending: Ending): boolean {
    return this.host.refused?.(ending) ?? ('error' in ending && isCircuitOpen(ending.error));
  }

  async open(): Promise<void> {
    for (let failure = 0; failure < LIMIT; failure += 1) await endingOf(this.host.fail());
    requireSame(`the state after ${LIMIT} failures`, this.breaker.state, 'open');
  }

  async halfOpen(): Promise<void> {
    await this.open();
    this.clock.advance(OPEN_PERIOD);
  }

  /** Makes a call that must come through with a value. */
  async mustSucceed(): Promise<void> {
    const ending = await endingOf(this.host.succeed());
    if ('error' in ending) requireSame('a success', ending.error, 'a value');
  }

  /** Makes a call that must come through, however it ends. */
  async mustPass(call: Promise<unknown>): Promise<void> {
    requireSame('whether the call was refused', this.isRefused(await endingOf(call)), false);
  }

  counted(calls: number, failures: number): void {
    const metrics = this.breaker.metrics();
    requireSame('calls that counted', metrics.calls, calls);
    requireSame('failures that counted', metrics.failures, failures);
  }
}

/** What holds for each adapter. */
export const RULES: Readonly<Record<string, (subject: Subject) => Promise<void>>> = {
  async 'a success comes through and counts as one'(subject) {
    await subject.mustSucceed();
    subject.counted(1, 0);
  },

  async 'a failure comes through and counts as one'(subject) {
    await subject.mustPass(subject.host.fail());
    subject.counted(1, 1);
  },

  async 'an ending that says nothing about the dependency comes through and is not counted'(subject) {
    await subject.mustPass(subject.host.sayNothing());
    subject.counted(0, 0);
  },

  async "the host's own error is the one the caller sees"({ host }) {
    const error = new Error('the very same');
    const ending = await endingOf(host.relay(error));
    requireSame('the error', 'error' in ending ? ending.error : 'none', error);
  },

  async 'an open circuit refuses without reaching the dependency'(subject) {
    const { host, breaker } = subject;
    await subject.open();
    const reached = host.reached();
    requireSame('whether the call was refused', subject.isRefused(await endingOf(host.succeed())), true);
    requireSame('calls that reached the dependency', host.reached(), reached);
    requireSame('calls that were rejected', breaker.metrics().rejected, 1);
  },

  async 'a probe that succeeds closes the circuit'(subject) {
    await subject.halfOpen();
    await subject.mustSucceed();
    requireSame('the state', subject.breaker.state, 'closed');
  },

  async 'a probe that fails opens it again'(subject) {
    await subject.halfOpen();
    await subject.mustPass(subject.host.fail());
    requireSame('the state', subject.breaker.state, 'open');
  },

  async 'an ignored probe frees its place for the next call'(subject) {
    await subject.halfOpen();
    await endingOf(subject.host.sayNothing());
    requireSame('the state', subject.breaker.state, 'half-open');
    await subject.mustSucceed();
    requireSame('the state', subject.breaker.state, 'closed');
  },

  async 'one probe goes through at a time'(subject) {
    const { host } = subject;
    await subject.halfOpen();
    const reached = host.reached();
    const endings = await Promise.all([host.fail(), host.fail(), host.fail()].map(endingOf));
    const refused = endings.map((ending) => subject.isRefused(ending));
    requireSame('which of three calls were refused', refused, [false, true, true]);
    requireSame('calls that reached the dependency', host.reached(), reached + 1);
  },
};

function endingOf(call: Promise<unknown>): Promise<Ending> {
  return call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
