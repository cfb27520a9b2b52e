import { Effect, Layer, ManagedRuntime } from 'effect';
import { CircuitBreaker } from 'effect/persistence';
import type { Subject } from './subject.ts';

/** Effect's breaker guards effects, so a promise has to become one and come back: that is part of what its user pays. */
export const effect: Subject = {
  name: 'Effect',
  kind: 'peer',
  judges: 'failures, 100 calls',
  make({ share, size, openFor }) {
    const tripPolicy = CircuitBreaker.rate({ threshold: share, size });
    const layer = CircuitBreaker.layer({ tripPolicy, openDuration: openFor });
    const runtime = ManagedRuntime.make(layer.pipe(Layer.provide(CircuitBreaker.layerStoreMemory())));
    const breaker = runtime.runSync(CircuitBreaker.CircuitBreaker);
    const guard = breaker.execute<unknown, unknown>({ key: 'bench' });
    const rejected = (error: unknown): unknown => error;
    return {
      call: (action) => runtime.runPromise(guard(Effect.tryPromise({ try: action, catch: rejected }))),
      close: () => void runtime.dispose(),
    };
  },
};
