import { DiagLogLevel, diag, metrics } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { type Breaker, consecutiveFailures, countWindow, createBreaker } from '@switchgear/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type InstrumentOptions, instrumentBreakers } from '../src/index.ts';
import { readMeter } from './setup/readings.ts';

/** A breaker that needs no clock for a call, and how often a hundred calls have read it. */
async function readingsOfTheClock(instrument: (breaker: Breaker) => unknown): Promise<number> {
  let readings = 0;
  const breaker = createBreaker({
    name: 'payments',
    openWhen: consecutiveFailures(5),
    window: countWindow(10),
    clock: { now: () => readings++ },
  });
  instrument(breaker);
  readings = 0;
  for (let call = 0; call < 100; call++) await breaker.run(() => 'fine');
  return readings;
}

const given = (options: InstrumentOptions) => (breaker: Breaker) => instrumentBreakers(breaker, options);

describe('a call through a closed circuit', () => {
  it.each([
    ['not instrumented', () => undefined],
    ['no MeterProvider registered', given({})],
    ['calls are not to be counted', given({ meter: readMeter().meter, calls: false })],
    ['stopped', (breaker: Breaker) => instrumentBreakers(breaker, { meter: readMeter().meter }).stop()],
  ])('is unchanged without a listener: %s', async (_why, instrument) => {
    expect(await readingsOfTheClock(instrument)).toBe(0);
  });

  it('is timed if there is a listener', async () => {
    expect(await readingsOfTheClock(given({ meter: readMeter().meter }))).toBe(200);
  });
});

describe('the meter', () => {
  afterEach(() => {
    metrics.disable();
    diag.disable();
  });

  it('is that of the provider registered by then', async () => {
    metrics.setGlobalMeterProvider(new MeterProvider());
    expect(await readingsOfTheClock(given({}))).toBe(200);
  });

  it('that is missing is reported to diag', () => {
    const warn = vi.fn();
    const quiet = { error() {}, warn, info() {}, debug() {}, verbose() {} };
    diag.setLogger(quiet, DiagLogLevel.WARN);
    instrumentBreakers(createBreaker({ name: 'a' }));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no MeterProvider is registered yet'));
    warn.mockClear();
    instrumentBreakers(createBreaker({ name: 'a' }), { meter: readMeter().meter });
    expect(warn).not.toHaveBeenCalled();
  });
});
