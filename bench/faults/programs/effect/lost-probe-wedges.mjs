// The probe never settles, in a circuit kept in memory. A day later the service is fine again.
import { Effect, Exit } from 'effect';
import { CircuitBreaker as CB } from 'effect/persistence';
import { TestClock } from 'effect/testing';

const scene = Effect.gen(function* () {
  const breaker = yield* CB.make({ tripPolicy: CB.consecutive(1), openDuration: '1 second' });
  const call = (effect) => Effect.exit(breaker.execute(effect, { key: 'service' }));
  yield* call(Effect.fail('down'));
  yield* TestClock.adjust('2 seconds');
  yield* Effect.forkScoped(call(Effect.never));
  yield* TestClock.adjust('1 day');
  return yield* call(Effect.succeed('fine'));
});
const layers = [CB.layerStoreMemory(), TestClock.layer()];
const exit = await Effect.runPromise(
  Effect.scoped(layers.reduce((effect, layer) => Effect.provide(effect, layer), scene)),
);
console.log(`a day later the caller gets "${Exit.isSuccess(exit) ? exit.value : exit.cause.reasons[0].error.message}"`);
process.exit();
