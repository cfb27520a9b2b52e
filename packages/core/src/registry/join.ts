import { circuitOf } from '../breaker/create-breaker.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { applyVerdict, dispatch } from '../circuit/dispatch.ts';
import { endLull } from '../circuit/fast-path.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { Company, Seat } from '../contract/company.ts';
import type { Detector, DetectorPlan } from '../detector/detector.ts';
import { neededFailures } from '../detector/needed-failures.ts';
import { ask, notify } from '../foreign/hook.ts';
import { held } from '../machine/held.ts';
import { requireFunction } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { BoundedRegistry, type Joiner } from './create-registry.ts';
import type { Registry } from './registry.ts';

/**
 * Gives each breaker company: for packages that let breakers work together, on one process or on many. It costs a call
 * nothing while its breaker counts successes by itself.
 *
 * @param of a breaker; or a registry, whose later breakers are joined as they are made
 * @param company makes the company of one breaker. If it throws, that is reported to the breaker's `onError`, and the breaker
 * stays without
 * @returns a function that ends it
 * @throws {TypeError} if a breaker or the registry was made by another copy of this package, or `company` is not a function
 */
export function join(of: Breaker | Registry, company: (breaker: Breaker, seat: Seat) => Company): () => void {
  requireFunction('join company', company);
  const joined = new Map<Breaker, Company>();
  const joiner: Joiner = {
    join(breaker) {
      const circuit = circuitOf(breaker);
      const made = ask('company', circuit, company, breaker, new CircuitSeat(circuit));
      const joining = made && ask('company', circuit, bound, made);
      if (!joining) return;
      joined.set(breaker, joining);
      // Successes counted so far came before the company did.
      endLull(circuit);
      circuit.own.companies = [...circuit.rare.companies, joining];
    },
    leave(breaker) {
      const leaving = joined.get(breaker);
      if (!leaving) return;
      const circuit = circuitOf(breaker);
      joined.delete(breaker);
      circuit.own.companies = circuit.rare.companies.filter((each) => each !== leaving);
      notify('left', circuit, leaving.left);
    },
  };
  const joiners = BoundedRegistry.joinersOf(of);
  joiners?.add(joiner);
  for (const breaker of joiners ? (of as Registry) : [of as Breaker]) joiner.join(breaker);
  return () => {
    joiners?.delete(joiner);
    for (const breaker of [...joined.keys()]) joiner.leave(breaker);
  };
}

/** The functions of a company, to be called as plain functions. */
function bound(company: Company): Company {
  const { tell, skip, moved, consents, left } = company;
  const functions = Object.entries({ tell, skip, moved, consents, left });
  return Object.fromEntries(functions.map(([name, each]) => [name, each?.bind(company as never)]));
}

class CircuitSeat implements Seat {
  readonly #circuit: Circuit;

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
  }

  get detection(): DetectorPlan {
    return this.#circuit.blueprint.detection;
  }

  detector(): Detector {
    const { now, observer } = this.#circuit;
    return this.detection.start(now(), undefined, observer);
  }

  neededFailures(detector: Detector, at: Instant): number | undefined {
    return neededFailures(detector, at);
  }

  open(verdict: Verdict): boolean {
    const circuit = this.#circuit;
    const { current, mode } = circuit;
    if (current.phase !== 'closed' || (mode !== 'active' && mode !== 'shadow')) return false;
    applyVerdict(circuit, verdict);
    return circuit.current !== current;
  }

  wake(verdict: Verdict): boolean {
    const circuit = this.#circuit;
    const { current, mode, now } = circuit;
    if (current.phase !== 'open' || mode !== 'active') return false;
    dispatch(circuit, { type: 'move', at: now(), to: 'half-open', verdict });
    return true;
  }

  hold(least: Millis, most: Millis = Infinity): void {
    const circuit = this.#circuit;
    const at = circuit.now();
    dispatch(circuit, { type: 'look', at });
    circuit.current = held(circuit.current, at, at + least, at + most);
    // The keeper sorts by when a circuit is due.
    circuit.keeper?.circuitMoved();
  }

  flush(): void {
    endLull(this.#circuit);
  }

  among(instances: number): void {
    const { observer } = this.#circuit;
    if (observer) observer.instances = instances;
  }
}
