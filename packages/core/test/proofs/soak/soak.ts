import { setImmediate as turn } from 'node:timers/promises';
import { type Breaker, createRegistry } from '../../../src/index.ts';
import { must } from '../../properties/must.ts';
import { Audit } from './audit.ts';
import { Chance } from './chance.ts';
import { Traffic } from './traffic.ts';
import { World } from './world.ts';

/** Between two turns of the event loop. */
const BATCH = 1_000;

/** Times that the heap is measured. */
const MEASURES = 8;

export interface Soaked {
  readonly calls: number;
  readonly seconds: number;
  readonly refused: number;
  readonly moves: number;
  readonly lost: number;
  readonly hanging: number;
  readonly thrown: number;
  readonly breakers: number;

  /** Bytes after a collection, once every key had been called and then at even distances. */
  readonly heap: readonly number[];
}

/** Calls breakers of this many keys in a registry with this bound, and audits them. Throws if an account does not balance. */
export async function soak(calls: number, keys: number, max: number, seed: number): Promise<Soaked> {
  const began = performance.now();
  const world = new World(new Chance(seed));
  const audit = new Audit(world);
  const registry = createRegistry({ options: (key) => world.optionsOf(key), max });
  const traffic = new Traffic(registry, world, audit, keys);
  const heap: number[] = [];
  // Every key once, so that what is measured later is growth and not first use; then calls to fill the windows.
  for (let key = 0; key < keys; key++) live(traffic.breakerOf(key));
  const filling = calls / 5;
  for (let done = 0; done < calls; done += BATCH) {
    for (let call = 0; call < BATCH; call++) traffic.call();
    await turn();
    const every = (calls - filling) / (MEASURES - 1);
    if (done + BATCH < filling + heap.length * every) continue;
    heap.push(heapAfterCollection());
    must(registry.size <= max, () => `${registry.size} breakers, and ${max} at most`);
    const kept = [...registry];
    must(kept.length === registry.size, () => `${kept.length} of ${registry.size}`);
    for (let index = 0; index < kept.length; index += 97) audit.examine(kept[index] as (typeof kept)[number]);
  }
  await turn();
  const { begun, ended, hanging, refused } = traffic;
  must(begun === ended + hanging, () => `${begun} calls begun, ${ended} ended, ${hanging} hang`);
  must(refused === audit.refusals, () => `${refused} callers refused, ${audit.refusals} refusals announced`);
  must(world.thrown === world.reported, () => `${world.thrown} thrown, ${world.reported} reported`);
  heals(registry, world);
  const seconds = (performance.now() - began) / 1_000;
  const { moves, lost } = audit;
  const { thrown } = world;
  return { calls: traffic.calls, seconds, refused, moves, lost, hanging, thrown, breakers: registry.size, heap };
}

/** A breaker's first failure and success, and every state once. */
function live(breaker: Breaker): void {
  breaker.record('failure', 60);
  breaker.trip(1_000);
  breaker.halfOpen();
  breaker.reset();
  breaker.record('success', 60);
}

/** Whatever was done to them, in an hour of healthy traffic the circuits are closed. */
function heals(registry: ReturnType<typeof createRegistry>, { clock }: World): void {
  const troubled = [...registry].filter(({ mode, state }) => mode !== 'active' || state !== 'closed');
  for (const breaker of troubled) breaker.setMode('active');
  for (let second = 0; second < 3_600; second++) {
    clock.advance(1_000);
    for (const breaker of troubled) {
      for (let call = 0; call < 10 && breaker.state !== 'closed'; call++) breaker.tryAcquire()?.settle('success', 0);
    }
    if (troubled.every(({ state }) => state === 'closed')) return;
  }
  must(false, () => `${troubled.filter(({ state }) => state !== 'closed').length} circuits never closed`);
}

function heapAfterCollection(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
