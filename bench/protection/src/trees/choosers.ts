import type { Random } from '../random/random-stream.ts';
import type { BalancedWorld, Balancing, Choice } from './policy.ts';

/** Chooses among the endpoints that may be called now. */
export interface Chooser {
  choose(allowed: readonly number[]): number;
  called?(endpoint: number): void;
  ended?(endpoint: number, took: number): void;
}

export function inTurn(): Chooser {
  let turn = 0;
  return { choose: (allowed) => allowed[turn++ % allowed.length] as number };
}

const DECAY = 10_000;

/** Power of two choices by peak EWMA and calls under way, as in Finagle and Linkerd: it does not look at errors. */
export function peakEwma({ endpoints, now, random }: BalancedWorld): Chooser {
  const load = new Array<number>(endpoints).fill(0);
  const latency = new Array<number>(endpoints).fill(0);
  const at = new Array<number>(endpoints).fill(0);
  const observe = (endpoint: number, took: number): number => {
    const before = latency[endpoint] as number;
    const weight = Math.exp(-(now() - (at[endpoint] as number)) / DECAY);
    at[endpoint] = now();
    const after = took > before ? took : before * weight + took * (1 - weight);
    latency[endpoint] = after;
    return after;
  };
  const cost = (endpoint: number): number => observe(endpoint, 0) * ((load[endpoint] as number) + 1);
  return {
    choose(allowed) {
      const [one, other] = twoOf(allowed, random);
      return cost(other) < cost(one) ? other : one;
    },
    called: (endpoint) => void (load[endpoint] as number)++,
    ended(endpoint, took) {
      (load[endpoint] as number)--;
      observe(endpoint, took);
    },
  };
}

function twoOf(allowed: readonly number[], random: Random): readonly [number, number] {
  const first = Math.floor(random() * allowed.length);
  if (allowed.length === 1) return [allowed[0] as number, allowed[0] as number];
  const second = (first + 1 + Math.floor(random() * (allowed.length - 1))) % allowed.length;
  return [allowed[first] as number, allowed[second] as number];
}

/** Says which endpoints may be called, and hears how calls end. */
export interface Ejector {
  allowed(): readonly number[];
  called?(endpoint: number): void;
  ended(endpoint: number, succeeded: boolean): void;
}

/** A balancing of endpoints without a word about the service: a repeated attempt goes to another endpoint if it can. */
export function balancingOf(chooser: Chooser, ejector: Ejector): Balancing {
  return {
    begin: () => ANY,
    end() {},
    choose(tried) {
      const allowed = ejector.allowed();
      if (allowed.length === 0) return undefined;
      const others = tried.size > 0 ? allowed.filter((endpoint) => !tried.has(endpoint)) : allowed;
      const endpoint = chooser.choose(others.length > 0 ? others : allowed);
      chooser.called?.(endpoint);
      ejector.called?.(endpoint);
      return { endpoint } satisfies Choice;
    },
    settle({ endpoint }, succeeded, took) {
      chooser.ended?.(endpoint, took);
      ejector.ended(endpoint, succeeded);
    },
  };
}

const ANY = {};
