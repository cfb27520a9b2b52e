import { closesAfter } from '../properties/healthy.ts';
import { invariants } from '../properties/invariants.ts';
import { must } from '../properties/must.ts';
import type { PlanUnderTest } from '../properties/plans.ts';
import { type Consequence, consequences, machinePlanOf } from './alphabet.ts';
import { BEGINNING, keyOf, type Situation, wordFor } from './situation.ts';

/** What a search has seen. */
export interface Explored {
  readonly situations: number;
  readonly steps: number;

  /** How many events the farthest situation is away from the beginning. */
  readonly depth: number;

  /** Whether nothing new was left to find. */
  readonly complete: boolean;

  /** Situations taken for one because of the same key, whose next situations were compared. */
  readonly compared: number;

  /** From the worst situation, instants of healthy traffic until the circuit is closed. */
  readonly closesWithin: number;
  readonly words: ReadonlySet<string>;
  readonly moves: ReadonlySet<string>;
}

/** Answers come immediately or an instant later. With later ones, probes would be lost in the shortest of the plans. */
const DELAYS = [0, 1];

/** Every how many times that a known situation is met again its future is compared. */
const COMPARE_EVERY = 16;

/** Searches every order of events to a depth, breadth first. Throws at the first step that breaks an invariant. */
export function explore(under: PlanUnderTest, depth: number): Explored {
  const search = new Search(under);
  let frontier = [BEGINNING];
  let deep = 0;
  search.isNew(BEGINNING);
  while (frontier.length > 0 && deep < depth) {
    deep++;
    frontier = frontier.flatMap((from) => search.expand(from));
  }
  return { ...search.seen, depth: deep, complete: frontier.length === 0 };
}

class Search {
  readonly #under: PlanUnderTest;
  readonly #known = new Map<string, Situation>();
  readonly #words = new Set<string>();
  readonly #moves = new Set<string>();
  #steps = 0;
  #met = 0;
  #compared = 0;
  #closesWithin = 0;

  constructor(under: PlanUnderTest) {
    this.#under = under;
  }

  get seen(): Omit<Explored, 'depth' | 'complete'> {
    return {
      situations: this.#known.size,
      steps: this.#steps,
      compared: this.#compared,
      closesWithin: this.#closesWithin,
      words: this.#words,
      moves: this.#moves,
    };
  }

  /** The situations found for the first time in what can happen next. */
  expand(from: Situation): Situation[] {
    const found: Situation[] = [];
    for (const consequence of consequences(from, this.#under)) {
      this.#check(from, consequence);
      if (this.isNew(consequence.to)) found.push(consequence.to);
    }
    return found;
  }

  #check(from: Situation, { event, step }: Consequence): void {
    this.#steps++;
    if (!event || !step) return;
    const { maxStay } = this.#under;
    const moment = { before: from.state, event, step, plan: machinePlanOf(this.#under), maxStay };
    for (const invariant of Object.values(invariants)) invariant(moment);
    let { phase } = from.state;
    for (const to of step.moves) {
      this.#moves.add(`${phase} > ${to.phase}: ${to.because?.rule}`);
      phase = to.phase;
    }
  }

  isNew(situation: Situation): boolean {
    const key = keyOf(situation, this.#under);
    const known = this.#known.get(key);
    if (known) {
      if (this.#met++ % COMPARE_EVERY === 0) this.#compare(known, situation, key);
      return false;
    }
    this.#known.set(key, situation);
    this.#words.add(wordFor(situation, this.#under));
    for (const delay of DELAYS) {
      const instants = closesAfter(this.#under, machinePlanOf(this.#under), situation.state, situation.now, delay);
      this.#closesWithin = Math.max(this.#closesWithin, instants);
    }
    return true;
  }

  #compare(known: Situation, again: Situation, key: string): void {
    this.#compared++;
    const [one, other] = [known, again].map((from) =>
      [...new Set([...consequences(from, this.#under)].map(({ to }) => keyOf(to, this.#under)))].sort().join('\n'),
    );
    must(one === other, () => `two situations are told apart by what comes of them, and not by their key ${key}`);
  }
}
