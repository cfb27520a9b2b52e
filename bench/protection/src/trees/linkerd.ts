import type { Ejector } from './choosers.ts';
import type { BalancedWorld } from './policy.ts';

/** The numbers of Linkerd's failure accrual. */
export interface Accrual {
  readonly consecutive: number;

  /** The success rate below which it trips, once its window holds this many calls. */
  readonly success?: { readonly below: number; readonly window: number; readonly calls: number };
}

const PENALTY = 1_000;
const LONGEST_PENALTY = 60_000;
const JITTER = 0.5;

/** Linkerd's failure accrual from its reference: an endpoint that trips is probed by one request after each penalty, which doubles. */
export function accrual({ endpoints, now, random }: BalancedWorld, { consecutive, success }: Accrual): Ejector {
  const hosts = Array.from({ length: endpoints }, () => ({
    run: 0,
    ends: [] as { at: number; good: boolean }[],
    penalties: 0,
    until: -1,
    isProbed: false,
  }));
  const trip = (host: (typeof hosts)[number]): void => {
    const penalty = Math.min(LONGEST_PENALTY, PENALTY * 2 ** host.penalties++);
    host.until = now() + penalty * (1 + JITTER * random());
    host.isProbed = false;
  };
  return {
    allowed: () =>
      hosts.flatMap(({ penalties, until, isProbed }, index) =>
        penalties === 0 || (now() >= until && !isProbed) ? [index] : [],
      ),
    called(endpoint) {
      const host = hosts[endpoint];
      if (host && host.penalties > 0) host.isProbed = true;
    },
    ended(endpoint, good) {
      const host = hosts[endpoint] as (typeof hosts)[number];
      if (host.penalties > 0) {
        // Calls from before it tripped say nothing.
        if (!host.isProbed) return;
        if (good) Object.assign(host, { penalties: 0, run: 0, ends: [], isProbed: false });
        else trip(host);
        return;
      }
      host.run = good ? 0 : host.run + 1;
      let isLow = false;
      if (success) {
        host.ends.push({ at: now(), good });
        while (host.ends.length > 0 && (host.ends[0]?.at ?? 0) < now() - success.window) host.ends.shift();
        const { length } = host.ends;
        isLow = length >= success.calls && host.ends.filter((end) => end.good).length / length < success.below;
      }
      if (host.run >= consecutive || isLow) trip(host);
    },
  };
}
