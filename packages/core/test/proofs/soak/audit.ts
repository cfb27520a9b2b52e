import type { Breaker, BreakerEvent, Permit } from '../../../src/index.ts';
import { must } from '../../properties/must.ts';
import { PERMIT_TIMEOUT, PERMITTED, type World } from './world.ts';

/** What a breaker has reported, for as long as it exists. */
interface Account {
  state: string;
  refused: number;
  /** The unsettled probes of this half-open state, and when they were let through. */
  probes: Map<Permit, number>;
  /** Whether only a fixed number of probes may be in flight; ramps let a share or a load through instead. */
  isCounted: boolean;
}

/** The books of all breakers: every event is entered, and checked against what callers saw. */
export class Audit {
  readonly #world: World;
  readonly #accounts = new WeakMap<Breaker, Account>();
  refusals = 0;
  moves = 0;
  lost = 0;
  opened = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Begins to listen. Listeners throw at times: the books are kept before they do. */
  open(breaker: Breaker): void {
    const isCounted = this.#world.isCounted(breaker.name);
    const account = { state: breaker.state, refused: 0, probes: new Map(), isCounted };
    this.#accounts.set(breaker, account);
    breaker.subscribe((event) => {
      this.#enter(account, event);
      this.#world.mayThrow(40);
    });
  }

  #enter(account: Account, { type, from, to }: BreakerEvent): void {
    if (type === 'reject') {
      this.refusals++;
      account.refused++;
    } else if (type === 'lost') this.lost++;
    else if (type === 'move') {
      must(from === account.state, () => `a move from ${from}, and it was ${account.state}`);
      account.state = to as string;
      account.refused = 0;
      account.probes.clear();
      this.moves++;
      if (to === 'open') this.opened++;
    }
  }

  #of(breaker: Breaker): Account {
    const account = this.#accounts.get(breaker);
    if (!account) throw new Error(`there is no account of ${breaker.name}`);
    return account;
  }

  /** A caller was let through. */
  admitted(breaker: Breaker, permit: Permit): void {
    const account = this.#of(breaker);
    if (!permit.probe) return;
    const now = this.#world.clock.now();
    for (const [probe, at] of account.probes) if (now >= at + PERMIT_TIMEOUT) account.probes.delete(probe);
    account.probes.set(permit, now);
    const { size } = account.probes;
    must(!account.isCounted || size <= PERMITTED, () => `${size} probes in flight on ${breaker.name}`);
  }

  /** A caller has settled. */
  settled(breaker: Breaker, permit: Permit): void {
    this.#of(breaker).probes.delete(permit);
  }

  /** Another recovery: what it allows is not known here, and probes of before no longer count. */
  reconfigured(breaker: Breaker): void {
    const account = this.#of(breaker);
    account.probes.clear();
    account.isCounted = false;
  }

  /** Its counters add up. */
  examine(breaker: Breaker): void {
    const { calls, failures, slow, errors, lost, late, ignored, rejected, state, mode } = breaker.metrics();
    const numbers = [calls, failures, slow, errors, lost, late, ignored, rejected];
    must(
      numbers.every((number) => Number.isInteger(number) && number >= 0),
      () => `counters of ${breaker.name}: ${numbers}`,
    );
    must(failures <= calls && slow <= calls, () => `${failures} and ${slow} of ${calls}`);
    must(breaker.state === state, () => 'two readings of the state');
    const wait = breaker.retryAfter;
    const isRight = mode === 'isolated' ? wait === Infinity : wait >= 0 && Number.isFinite(wait);
    must(isRight, () => `retry after ${wait}, ${mode}`);
  }

  /** A caller was just refused. The circuit counts what its listeners have received since it moved. */
  refused(breaker: Breaker): void {
    const { refused } = this.#of(breaker);
    const { rejected } = breaker.metrics();
    must(rejected === refused, () => `${rejected} refused, but ${refused} received`);
  }
}
