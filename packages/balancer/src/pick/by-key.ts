import type { Candidate, Pick } from './pick.ts';
import { drawn } from './pick.ts';

/** No endpoint is given more than this many times the mean load, plus one call. */
const BOUND = 1.25;

/**
 * Sends requests with the same key to the same endpoint while it is there and not overloaded, so that caches stay warm. When
 * an endpoint comes or goes, only the keys that it gains or loses move. Requests without a key go to any.
 *
 * Rendezvous hashing (D. Thaler, C. Ravishankar, 1998) with bounded load (V. Mirrokni et al., 2016): the endpoint with the
 * highest hash of key and id, in proportion to the weights, that has less than 1.25 times the mean load. A pick
 * looks at every endpoint.
 */
export function byKey(): Pick {
  return {
    start: (random) => ({
      pick(candidates, at, key) {
        if (key === undefined) return drawn(candidates, at, random);
        const bound = BOUND * ((loadOf(candidates) + 1) / candidates.length) + 1;
        let best = candidates[0] as (typeof candidates)[number];
        let bestRank = -1;
        for (const candidate of candidates) {
          if (candidate.load >= bound) continue;
          const rank = rankOf(key, candidate, at);
          if (rank > bestRank) [best, bestRank] = [candidate, rank];
        }
        return best;
      },
    }),
  };
}

function loadOf(candidates: readonly Candidate[]): number {
  let load = 0;
  for (const candidate of candidates) load += candidate.load;
  return load;
}

/** Greater than 0. The highest of several is that of each candidate in proportion to its share. */
function rankOf(key: string, candidate: Candidate, at: number): number {
  return hashOf(`${candidate.id}\n${key}`) ** (1 / candidate.share(at));
}

/** A number between 0 and 1, the same for the same text on every machine: FNV-1a, mixed as in MurmurHash3. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 + 2 ** -33;
}
