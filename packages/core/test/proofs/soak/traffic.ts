import {
  type Breaker,
  isCircuitOpen,
  type Mode,
  type Permit,
  type Registry,
  restore,
  snapshot,
} from '../../../src/index.ts';
import { must } from '../../properties/must.ts';
import type { Audit } from './audit.ts';
import type { World } from './world.ts';

const MODES: readonly Mode[] = ['isolated', 'disabled', 'shadow'];

/** As many permits are held over from one call to later ones. */
const HELD = 2_000;

const failure = new Error('down');
const aborted = { aborted: true, reason: new Error('the caller has left') };
const never = (): Promise<never> => new Promise(() => {});

/** Calls of all kinds, and what callers saw of them. */
export class Traffic {
  readonly #registry: Registry;
  readonly #world: World;
  readonly #audit: Audit;
  readonly #keys: number;
  readonly #held: (readonly [Breaker, Permit] | undefined)[] = new Array(HELD).fill(undefined);
  calls = 0;
  begun = 0;
  ended = 0;
  hanging = 0;
  refused = 0;
  permits = 0;

  constructor(registry: Registry, world: World, audit: Audit, keys: number) {
    this.#registry = registry;
    this.#world = world;
    this.#audit = audit;
    this.#keys = keys;
  }

  /** The breaker of a key, its books open. */
  breakerOf(key: number): Breaker {
    const known = this.#registry.peek(String(key));
    const breaker = this.#registry.get(String(key));
    if (!known) this.#audit.open(breaker);
    return breaker;
  }

  /** One call. Of five, one goes to a few keys that everybody calls. */
  call(): void {
    const { chance } = this.#world;
    this.#world.pass();
    this.calls++;
    const key = chance.below(chance.once(5) ? 100 : this.#keys);
    const breaker = this.breakerOf(key);
    if (chance.once(500)) this.#operate(breaker);
    const die = chance.below(10);
    if (die < 5) this.#run(breaker, key);
    else if (die < 9) this.#acquire(breaker, key);
    else breaker.record(this.#world.isDown(key) ? 'failure' : 'success', chance.below(80));
  }

  #run(breaker: Breaker, key: number): void {
    const { chance } = this.#world;
    const die = chance.below(100);
    this.begun++;
    const ok = (): void => {
      this.ended++;
    };
    const err = (error: unknown): void => {
      this.ended++;
      if (error === failure) return;
      must(isCircuitOpen(error), () => `a caller got ${error}`);
      this.refused++;
    };
    if (die < 2) {
      let hangs = false;
      breaker
        .run(() => {
          hangs = true;
          return never();
        })
        .then(ok, err);
      if (hangs) this.hanging++;
    } else if (die < 6) breaker.run(() => Promise.reject(failure), { signal: aborted }).then(ok, err);
    else if (this.#world.isDown(key) && die < 85) {
      const fail = die < 45 ? () => Promise.reject(failure) : this.#throws;
      breaker.run(fail).then(ok, err);
    } else breaker.run(() => key).then(ok, err);
  }

  readonly #throws = (): never => {
    throw failure;
  };

  #acquire(breaker: Breaker, key: number): void {
    const { chance } = this.#world;
    const permit = breaker.tryAcquire();
    if (!permit) {
      this.refused++;
      this.#audit.refused(breaker);
      return;
    }
    this.permits++;
    this.#audit.admitted(breaker, permit);
    const die = chance.below(100);
    // Lost: it is never settled.
    if (die < 3) return;
    if (die < 60) {
      this.#settle(breaker, permit, key);
      return;
    }
    // Held over, and the one that was held in its place comes back late, or very late.
    const place = chance.below(HELD);
    const before = this.#held[place];
    this.#held[place] = [breaker, permit];
    if (before) this.#settle(...before, key);
  }

  #settle(breaker: Breaker, permit: Permit, key: number): void {
    const { chance } = this.#world;
    this.#audit.settled(breaker, permit);
    const bad = this.#world.isDown(key) && !chance.once(5);
    const outcome = chance.once(20) ? 'ignored' : bad ? 'failure' : 'success';
    if (chance.once(50)) permit.settle({ outcome, kind: '503', retryAfter: 1_000 }, 10);
    else if (chance.once(2)) permit.settle(outcome, chance.below(60));
    else permit.settle(outcome);
    if (chance.once(100)) permit.settle('failure');
  }

  /** What operators do, at times. */
  #operate(breaker: Breaker): void {
    const { chance } = this.#world;
    const die = chance.below(8);
    if (die === 0) breaker.setMode(MODES[chance.below(3)] as Mode);
    else if (die < 4) breaker.setMode('active');
    else if (die === 4) breaker.trip(chance.below(2_000));
    else if (die === 5) breaker.halfOpen();
    else if (die === 6) breaker.reset();
    else if (chance.once(2)) {
      breaker.reconfigure(this.#world.anotherKind());
      this.#audit.reconfigured(breaker);
    } else {
      restore(breaker, JSON.parse(JSON.stringify(snapshot(breaker))));
      this.#audit.reconfigured(breaker);
    }
  }

  /** Lets go of all that is held. */
  letGo(): void {
    this.#held.fill(undefined);
  }
}
