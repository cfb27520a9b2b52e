import { circuitOf } from '../../src/breaker/create-breaker.ts';
import { type Breaker, consecutiveFailures, createRegistry, fixed, type Registry } from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { must } from '../properties/must.ts';

const PERMIT_TIMEOUT = 3_000;
const SHARE = 5;

/** Why an entry may go, best reason first. */
export const RANKS = ['stale', 'once', 'regular', 'unasked', 'asked', 'kept'] as const;
export type Rank = (typeof RANKS)[number];

export const ACTS = ['get', 'fail', 'succeed', 'lose', 'trip', 'halfOpen', 'reset', 'isolated', 'active'] as const;

/** What an onlooker knows of a key. */
interface Known {
  readonly key: string;
  readonly breaker: Breaker;
  asked: number;
  returned: boolean;
  askedInTrouble: boolean;
  askedAt: number;
}

type Ranked = { readonly known: Known; readonly rank: Rank };

/** Gets breakers from a registry, uses them, and records it in a list; throws if the registry evicts what it may not. */
export class Onlooker {
  readonly went: Rank[] = [];
  readonly #clock = manualClock();
  readonly #max: number;
  readonly #registry: Registry;
  #known: readonly Known[] = [];
  #requests = 0;
  #latest: Known | undefined;

  constructor(max: number) {
    this.#max = max;
    const plugs = { openWhen: consecutiveFailures(2), openFor: fixed(5_000), permitTimeout: PERMIT_TIMEOUT };
    this.#registry = createRegistry({ options: (name) => ({ name, clock: this.#clock, ...plugs }), max });
  }

  wait(ms: number): void {
    this.#clock.advance(ms);
  }

  delete(key: string): void {
    const known = this.#find(key);
    must(this.#registry.delete(key) === (known !== undefined), () => `${key} was there, or was not`);
    if (known) this.#drop(known);
  }

  use(key: string, act: (typeof ACTS)[number]): void {
    const known = this.#get(key);
    const { breaker } = known;
    if (act === 'trip' || act === 'halfOpen' || act === 'reset') breaker[act]();
    else if (act === 'isolated' || act === 'active') breaker.setMode(act);
    else if (act !== 'get') {
      const permit = breaker.tryAcquire();
      if (act !== 'lose') permit?.settle(act === 'fail' ? 'failure' : 'success');
    }
    if (isInTrouble(breaker)) known.askedAt = this.#clock.now();
    else known.askedInTrouble = false;
  }

  /** Throws unless the registry holds what the list says, each once, closed ones first. */
  agrees(): void {
    const there = [...this.#registry];
    must(there.length <= this.#max && there.length === this.#registry.size, () => `${there.length} are there`);
    must(there.length === this.#known.length, () => `${there.length} are there, not ${this.#known.length}`);
    for (const { key, breaker } of this.#known) {
      must(this.#registry.peek(key) === breaker && there.includes(breaker), () => `${key} is missing`);
    }
    const closed = there.map((breaker) => breaker.mode === 'active' && !isInTrouble(breaker));
    must(!closed.slice(closed.indexOf(false)).includes(true) || !closed.includes(false), () => 'not closed ones first');
  }

  #get(key: string): Known {
    const before = this.#known.map((known) => ({ known, rank: this.#rankOf(known) }));
    const found = this.#find(key);
    const breaker = this.#registry.get(key);
    must(!found || found.breaker === breaker, () => `${key} was made again`);
    const gone = before.filter(({ known }) => this.#registry.peek(known.key) === undefined);
    const isFull = !found && before.length === this.#max;
    must(gone.length === Number(isFull), () => `${gone.length} were evicted for one`);
    for (const { known, rank } of gone) {
      must(this.#mayGo(known, rank, before), () => `one went that is ${rank}, of ${before.map((each) => each.rank)}`);
      this.went.push(rank);
      this.#drop(known);
    }
    const known = found ?? { key, breaker, asked: 0, returned: false, askedInTrouble: false, askedAt: -Infinity };
    if (!found) this.#known = [...this.#known, known];
    this.#note(known, found !== undefined);
    return known;
  }

  #note(known: Known, isOld: boolean): void {
    const inTrouble = isInTrouble(known.breaker);
    const isFirstInTrouble = inTrouble && !known.askedInTrouble && !known.returned;
    known.askedInTrouble ||= inTrouble;
    const isLatest = this.#latest === known;
    if (isLatest && !isFirstInTrouble) return;
    known.returned ||= isOld && !isLatest;
    known.asked = ++this.#requests;
    this.#latest = known;
  }

  #rankOf({ breaker, returned, askedInTrouble, askedAt }: Known): Rank {
    if (breaker.mode !== 'active') return 'kept';
    if (!isInTrouble(breaker)) return returned ? 'regular' : 'once';
    const { current } = circuitOf(breaker);
    const { phase, since } = current;
    const until = phase === 'closed' ? since : current.until;
    const grace = phase === 'open' ? Math.max(until - since, 1_000) : PERMIT_TIMEOUT;
    if (this.#clock.now() >= Math.max(until, askedAt) + grace) return 'stale';
    return returned || askedInTrouble ? 'asked' : 'unasked';
  }

  #mayGo(gone: Known, rank: Rank, all: readonly Ranked[]): boolean {
    const of = (...ranks: Rank[]): Known[] => all.filter((each) => ranks.includes(each.rank)).map(({ known }) => known);
    const isUnused = ({ asked }: Known): boolean => this.#requests - asked >= this.#max;
    // Every move comes right after a request for its key, so the order of requests is the order of use.
    const oldest = (rank: Rank): Known | undefined => of(rank).sort((one, other) => one.asked - other.asked)[0];
    const hasUnused = (rank: Rank): boolean => of(rank).some(isUnused);
    const closed = of('once', 'regular').length;
    const isClosedShort = closed <= Math.floor(this.#max / SHARE);
    const isNewShort = of('once').length * SHARE < closed;
    // If closed ones have less than their share, one of them goes only if all in trouble are in use.
    const closedMayGo = !isClosedShort || (of('unasked').length === 0 && !hasUnused('asked'));
    const may: Record<Rank, boolean> = {
      stale: true,
      once: closedMayGo && !(isNewShort && hasUnused('regular')),
      regular: closedMayGo && (of('once').length === 0 || (isNewShort && isUnused(gone))),
      unasked: isClosedShort,
      asked: of('unasked').length === 0 && (closed === 0 || (isClosedShort && isUnused(gone))),
      kept: of('kept').length === all.length,
    };
    const isNext = rank === 'stale' || rank === 'unasked' || gone === oldest(rank);
    return may[rank] && isNext && (rank === 'stale' || of('stale').length === 0);
  }

  #find(key: string): Known | undefined {
    return this.#known.find((known) => known.key === key);
  }

  #drop(gone: Known): void {
    this.#known = this.#known.filter((known) => known !== gone);
    if (this.#latest === gone) this.#latest = undefined;
  }
}

function isInTrouble(breaker: Breaker): boolean {
  return breaker.mode === 'active' && circuitOf(breaker).current.phase !== 'closed';
}
