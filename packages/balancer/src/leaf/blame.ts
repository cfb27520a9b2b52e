import type { Instant, Verdict } from '@switchgear/core';
import { Forgetting, Recent } from './recent.ts';

/** Why an endpoint is not ejected. */
export type Refusal = 'cap' | 'siblings' | 'unknown';

/** So many recent calls of siblings are needed to compare with. */
const LEAST_CALLS = 6;
/** Siblings do better if they have less than this many times its share of bad calls. */
const BETTER = 0.5;
/** Verdicts that a rule reaches by comparing siblings itself, or because the endpoint asks for it. */
const COMPARED: ReadonlySet<string> = new Set(['outliers', 'asked']);

/** An endpoint that its breaker would eject. */
interface Accused {
  readonly recent: Recent;
  readonly isOpen: boolean;
  readonly breaker: { readonly clock: { now(): Instant } };
}

/** Who is to blame: an endpoint, or the whole service. Asked before an endpoint is ejected. */
export class Blame {
  /** Recent calls of all endpoints. */
  readonly all: Recent = new Recent();
  /** How many may be ejected at once, and how many are. */
  most = 0;
  ejected = 0;
  readonly #forgetting = new Forgetting();
  /** When any endpoint last answered, and when another one did. */
  readonly #latest: { leaf: Accused | undefined; at: Instant } = { leaf: undefined, at: -Infinity };
  #latestOther: Instant = -Infinity;

  /** A call has ended. */
  count(leaf: Accused, at: Instant, failed: boolean, slow: boolean): void {
    this.#forgetting.advance(at);
    const { age } = this.#forgetting;
    this.all.add(age, failed, slow);
    leaf.recent.add(age, failed, slow);
    if (failed) return;
    if (this.#latest.leaf !== leaf) this.#latestOther = this.#latest.at;
    this.#latest.leaf = leaf;
    this.#latest.at = at;
  }

  /** A leaf has been ejected: what it did says nothing of how its siblings do. */
  without({ recent }: Accused): void {
    this.all.remove(recent, this.#forgetting.age);
  }

  /** Whether nothing says that a leaf fails: it had few calls of late, or most were good. */
  isFine({ recent }: Accused): boolean {
    const { calls, failures } = recent.fade(this.#forgetting.age);
    return calls < LEAST_CALLS || failures < BETTER * calls;
  }

  /** Why a leaf must not be ejected on this verdict; undefined if it may. */
  refuses(leaf: Accused, { rule, evidence }: Verdict): Refusal | undefined {
    if (this.ejected + (leaf.isOpen ? 0 : 1) > this.most) return 'cap';
    if (COMPARED.has(rule)) return undefined;
    const { age } = this.#forgetting;
    const own = leaf.recent.fade(age);
    const all = this.all.fade(age);
    const siblings = all.calls - own.calls;
    if (siblings < LEAST_CALLS) return 'unknown';
    const failures = all.failures - own.failures;
    const silentFor = evidence?.['silentFor'];
    if (silentFor !== undefined) {
      return this.#answers(leaf, silentFor) && failures < BETTER * siblings ? undefined : 'siblings';
    }
    if (isWorse(own.failures, own.calls, failures, siblings)) return undefined;
    const [bad, badSiblings] = [own.failures + own.slow, failures + all.slow - own.slow];
    return isWorse(bad, own.calls, badSiblings, siblings) ? undefined : 'siblings';
  }

  /** Whether a sibling has answered in the second half of the time for which this one has been silent. */
  #answers(leaf: Accused, silentFor: number): boolean {
    const { leaf: latest, at } = this.#latest;
    const answered = latest === leaf ? this.#latestOther : at;
    return leaf.breaker.clock.now() - answered < silentFor / 2;
  }
}

/**
 * Whether siblings have less than half of an endpoint's share of bad calls, even if both are a standard deviation closer than
 * they look: chance always hits one of several.
 */
function isWorse(bad: number, calls: number, badSiblings: number, siblings: number): boolean {
  const [least, most] = [bad - Math.sqrt(bad), badSiblings + Math.sqrt(Math.max(0, badSiblings))];
  return bad > 1 && most / siblings < BETTER * (least / calls);
}
