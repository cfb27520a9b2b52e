import type { Policy, World } from './policy.ts';
import { Rolling } from './rolling.ts';

/** Refuses by chance, the more the fewer calls succeed. */
function throttle(
  name: string,
  about: string,
  window: number,
  chanceOf: (asked: number, succeeded: number) => number,
): Policy {
  return {
    name,
    kind: 'peer',
    about,
    hasWindow: true,
    start({ random }: World) {
      // What was asked is counted as failures, what succeeded as successes.
      const counts = new Rolling(window, 30);
      return {
        ask(caller, at) {
          counts.roll(at);
          const refused = random() < chanceOf(counts.failures, counts.successes);
          if (name === 'sre throttle' || !refused) counts.add(false, at);
          if (refused) caller.refuse();
          else caller.proceed();
        },
        settle(_pass, succeeded, at) {
          if (succeeded) counts.add(true, at);
        },
      };
    },
  };
}

/** The client-side throttle of Google's SRE book, K = 2 over two minutes: counts what was asked, refused or not. */
export const sreThrottle: Policy = throttle(
  'sre throttle',
  'written anew from the SRE book: refuses (asked - 2 x succeeded) / (asked + 1) of the calls, over 2 minutes',
  120_000,
  (asked, succeeded) => Math.max(0, (asked - 2 * succeeded) / (asked + 1)),
);

/** Envoy's admission control with its defaults: counts what was let through, over 30 s, and refuses at most 80 %. */
export const envoyAdmission: Policy = throttle(
  'envoy admission',
  'written anew from its published defaults: refuses what falls short of 95 % successes, at most 80 %, over 30 s',
  30_000,
  (asked, succeeded) => Math.min(0.8, Math.max(0, (asked - succeeded / 0.95) / (asked + 1))),
);
