import type { Agenda } from './agenda.ts';

/** Timers of policies. Those that would run after `end` are dropped, because policies may start them for ever. */
export function timersOf(
  agenda: Agenda<() => void>,
  now: () => number,
  end: number,
): (ms: number, act: () => void) => () => void {
  return (ms, act) => {
    let isWanted = true;
    if (now() + ms <= end) agenda.add(now() + ms, () => isWanted && act());
    return () => {
      isWanted = false;
    };
  };
}
