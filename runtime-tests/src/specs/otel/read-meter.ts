import { type Attributes, type BatchObservableCallback, createNoopMeter, type Meter } from '@opentelemetry/api';

/** A meter, and what its instruments say when they are read. An SDK would do, but none runs on all of these runtimes. */
export interface ReadMeter {
  readonly meter: Meter;

  /** Numbers by what they are of: `{ 'circuit_breaker.state a open': 1 }`. Only those that are not 0. */
  read(): Readonly<Record<string, number>>;
}

/** Makes instruments that are their own names. */
export function readMeter(): ReadMeter {
  const callbacks = new Set<BatchObservableCallback>();
  const named = (name: string) => name;
  const records = (name: string) => ({
    record: (value: number, attributes?: Attributes) => durations.set(line(name, attributes), value),
  });
  const durations = new Map<string, number>();
  const meter = Object.assign(Object.create(createNoopMeter()), {
    createObservableCounter: named,
    createObservableGauge: named,
    createHistogram: records,
    addBatchObservableCallback: (callback: BatchObservableCallback) => callbacks.add(callback),
    removeBatchObservableCallback: (callback: BatchObservableCallback) => callbacks.delete(callback),
  }) as Meter;
  return {
    meter,
    read() {
      const observed = new Map(durations);
      for (const callback of callbacks) {
        callback({ observe: (name, value, attributes) => observed.set(line(String(name), attributes), value) });
      }
      return Object.fromEntries([...observed].filter(([, value]) => value !== 0));
    },
  };
}

function line(name: string, attributes: Attributes = {}): string {
  return [name, ...Object.values(attributes)].join(' ');
}
