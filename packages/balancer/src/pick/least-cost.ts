import type { Pick } from './pick.ts';
import { drawn } from './pick.ts';

/** An endpoint is preferred if the other costs this many times as much. */
const CLEARLY = 1.25;

/**
 * Chooses the cheaper of two endpoints drawn at random ("power of two choices": M. Mitzenmacher, 2001), by latency, calls
 * under way and errors: latency × (load + 1) / success². Much as in Finagle's peak EWMA, the latency rises quickly, a quarter
 * of the way with each slower answer, and falls slowly: in about 200 calls of the service, but in 1 s at least and 10 s at
 * most. Until 16 answers have come, an endpoint is taken to be as quick as its best answer or as the others. Of two that cost
 * about the same it takes the first, or the quicker one of two would get all calls while few are under way. An endpoint that
 * does worse loses calls gradually and gets them back gradually, before anything is ejected.
 */
export function leastCost(): Pick {
  return {
    start: (random) => ({
      pick(candidates, at) {
        const one = drawn(candidates, at, random);
        const { length } = candidates;
        if (length === 1) return one;
        let other = candidates[Math.floor(random() * length)] as typeof one;
        // Any other than the first, each as likely.
        while (other === one) other = candidates[Math.floor(random() * length)] as typeof one;
        const share = other.share(at);
        // A small share is seldom a rival, or two endpoints would always be compared, whatever their shares.
        if (share < 1 && random() >= share) return one;
        return other.cost(at) * CLEARLY < one.cost(at) ? other : one;
      },
    }),
  };
}
