import { Effect, Layer, ManagedRuntime } from 'effect';
import { CircuitBreaker, Redis as EffectRedis } from 'effect/persistence';
import { Redis } from 'ioredis';

/**
 * A caller behind a breaker of Effect whose state is in Redis. A store that fails should let calls pass (`onStoreError:
 * 'allow'`), and a call should take a second at most.
 */
export function effectCaller(
  port: number,
  ends: (() => unknown)[],
): (call: () => Promise<unknown>) => Promise<unknown> {
  const client = new Redis(port, '127.0.0.1');
  client.on('error', () => {});
  ends.push(() => client.disconnect());
  const send = <A>(command: string, ...args: readonly string[]) =>
    Effect.tryPromise({
      try: () => client.call(command, [...args]) as Promise<A>,
      catch: (cause) => new EffectRedis.RedisError({ cause }),
    });
  const never = Effect.never as never;
  const redis = Layer.effect(EffectRedis.Redis, EffectRedis.make({ send, subscribe: () => never, connect: never }));
  const breaker = CircuitBreaker.layer({
    tripPolicy: CircuitBreaker.consecutive(5),
    openDuration: '5 seconds',
    onStoreError: 'allow',
  });
  const runtime = ManagedRuntime.make(Layer.provide(breaker, Layer.provide(CircuitBreaker.layerStoreRedis(), redis)));
  ends.push(() => runtime.dispose());
  return (call) =>
    runtime.runPromise(
      Effect.flatMap(CircuitBreaker.CircuitBreaker, (circuit) =>
        circuit.execute(Effect.promise(call), { key: 'payments' }).pipe(Effect.timeout('1 second')),
      ),
    );
}
