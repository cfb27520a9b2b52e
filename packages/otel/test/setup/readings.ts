import type { Attributes, Meter } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

/** Numbers by what they are of: `{ 'calls name=a outcome=success': 1 }`. A histogram has a count and a sum. */
export type Readings = Readonly<Record<string, number>>;

/** A meter of the real SDK, and what is read from it. */
export interface ReadMeter {
  readonly meter: Meter;

  /** Collects, and gives the numbers whose line begins so: `state name=payments`. */
  read(beginning?: string): Promise<Readings>;
}

/** Collects when it is asked, and never by itself. */
class OnDemand extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** A meter of its own for a test. */
export function readMeter(): ReadMeter {
  const reader = new OnDemand();
  const provider = new MeterProvider({ readers: [reader] });
  return {
    meter: provider.getMeter('test'),
    async read(beginning = '') {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw new AggregateError(errors);
      const lines = resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.flatMap(({ attributes, value }) =>
            numbersOf(value).map(([part, number]) => [`${short(descriptor.name)}${part} ${shown(attributes)}`, number]),
          ),
        );
      return Object.fromEntries(lines.filter(([line]) => String(line).startsWith(beginning)));
    },
  };
}

/** Those that are not 0. */
export function nonZero(readings: Readings): Readings {
  return Object.fromEntries(Object.entries(readings).filter(([, value]) => value !== 0));
}

function numbersOf(value: unknown): [part: string, number: number][] {
  if (typeof value === 'number') return [['', value]];
  const { count, sum } = value as { readonly count: number; readonly sum: number };
  return [
    ['.count', count],
    ['.sum', sum],
  ];
}

function shown(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${short(name)}=${value}`)
    .join(' ');
}

function short(name: string): string {
  return name.replace('circuit_breaker.', '');
}
