import type { SeededRandom } from '@switchgear/testkit/random';
import type { Call } from '../src/index.ts';

/** What a dependency may do with a call. */
const MANNERS = ['at once', 'soon', 'later', 'throws', 'fails', 'fails later', 'hangs until aborted', 'deaf'] as const;

/** Counts what reached the dependency, and what of it has ended. */
export interface Dependency {
  begun: number;
  ended: number;
}

/** A call that the dependency treats in a random manner. */
export function workOf(random: SeededRandom, dependency: Dependency): Call<string> {
  // One in fifty hangs: more, and nearly all of the time would go into waiting.
  const manner =
    random.below(50) === 0 ? random.pick(['hangs until aborted', 'deaf'] as const) : random.pick(MANNERS.slice(0, 6));
  const ms = random.below(12);
  return ({ signal }) => {
    dependency.begun++;
    if (manner === 'at once' || manner === 'throws') {
      dependency.ended++;
      if (manner === 'throws') throw new Error(manner);
      return manner;
    }
    const ending = act(manner, ms, signal);
    const end = (): void => void dependency.ended++;
    ending.then(end, end);
    return ending;
  };
}

function act(manner: (typeof MANNERS)[number], ms: number, signal: AbortSignal): Promise<string> {
  if (manner === 'soon') return Promise.resolve().then(() => manner);
  if (manner === 'fails') return Promise.reject(new Error(manner));
  return new Promise((resolve, reject) => {
    if (manner === 'later') setImmediate(resolve, manner);
    else if (manner === 'fails later') setImmediate(reject, new Error(manner));
    else if (manner === 'deaf') setTimeout(resolve, 40 + 5 * ms, 'too late');
    else if (signal.aborted) reject(signal.reason);
    else {
      // Without a time limit, the dependency ends the call in the end.
      const end = setTimeout(reject, 120, new Error(manner));
      const heed = (): void => {
        clearTimeout(end);
        reject(signal.reason);
      };
      signal.addEventListener('abort', heed, { once: true });
    }
  });
}
