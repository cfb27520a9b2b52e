import type { Pick } from './pick.ts';

/** Chooses the endpoints in turn, each as often as its weight says. It looks at neither latency nor errors. */
export function roundRobin(): Pick {
  return {
    start(random) {
      // Many clients that start together must not all begin with the first.
      let turn = Math.floor(random() * 2 ** 20);
      return {
        pick(candidates, at) {
          for (let tried = 0; ; tried++) {
            const next = candidates[turn++ % candidates.length] as (typeof candidates)[number];
            if (tried >= candidates.length) return next;
            const share = next.share(at);
            if (share >= 1 || random() < share) return next;
          }
        },
      };
    },
  };
}
