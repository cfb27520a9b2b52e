import type { Ejector } from './choosers.ts';
import type { BalancedWorld } from './policy.ts';

/** Never ejects. */
export function noEjections({ endpoints }: BalancedWorld): Ejector {
  const all = Array.from({ length: endpoints }, (_, index) => index);
  return { allowed: () => all, ended() {} };
}

/** The numbers of an outlier detection that sweeps. */
export interface Sweeping {
  readonly interval: number;
  readonly base: number;
  readonly longest: number;

  /** Failures in a row that eject at once; 0 for none. */
  readonly consecutive: number;

  /** The success rate's limits, and the share of failures that ejects by itself. */
  readonly success: { readonly hosts: number; readonly calls: number; readonly stdev: number };
  readonly failure?: { readonly hosts: number; readonly calls: number; readonly share: number };
  readonly mostEjected: number;

  /** Whether the cap may be passed by the last ejection, as gRPC has it ("greater than"). */
  readonly capIsSoft: boolean;

  /** Below this share of endpoints all of them are called; 0 for never. */
  readonly panicBelow: number;
}

interface Host {
  run: number;
  calls: number;
  successes: number;
  ejections: number;
  ejectedAt: number | undefined;
}

/** Outlier detection by sweeps, from the published rules of Envoy and of gRFC A50. */
export function sweeping({ endpoints, now }: BalancedWorld, rules: Sweeping): Ejector {
  const hosts = Array.from(
    { length: endpoints },
    (): Host => ({ run: 0, calls: 0, successes: 0, ejections: 0, ejectedAt: undefined }),
  );
  const all = hosts.map((_, index) => index);
  let sweptAt = 0;
  const ejected = (): number => hosts.filter(({ ejectedAt }) => ejectedAt !== undefined).length;
  const eject = (host: Host): void => {
    const count = ejected();
    const isCapped = rules.capIsSoft
      ? count / endpoints > rules.mostEjected
      : (count + 1) / endpoints > rules.mostEjected;
    if (host.ejectedAt !== undefined || isCapped) return;
    host.ejections++;
    host.ejectedAt = now();
  };
  const judge = (): void => {
    const { success, failure } = rules;
    const enough = hosts.filter(({ calls }) => calls >= success.calls);
    if (enough.length >= success.hosts) {
      const shares = enough.map(({ calls, successes }) => successes / calls);
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
      for (const [index, host] of enough.entries()) {
        if ((shares[index] as number) < mean - success.stdev * deviation) eject(host);
      }
    }
    if (!failure || endpoints < failure.hosts) return;
    for (const host of hosts) {
      if (host.calls >= failure.calls && 1 - host.successes / host.calls > failure.share) eject(host);
    }
  };
  const sweep = (): void => {
    while (now() >= sweptAt + rules.interval) {
      sweptAt += rules.interval;
      judge();
      for (const host of hosts) {
        Object.assign(host, { calls: 0, successes: 0 });
        if (host.ejectedAt === undefined) host.ejections = Math.max(0, host.ejections - 1);
        else if (sweptAt >= host.ejectedAt + Math.min(rules.longest, rules.base * host.ejections)) {
          Object.assign(host, { ejectedAt: undefined, run: 0 });
        }
      }
    }
  };
  return {
    allowed() {
      sweep();
      const there = all.filter((index) => hosts[index]?.ejectedAt === undefined);
      return there.length / endpoints < rules.panicBelow ? all : there;
    },
    ended(endpoint, succeeded) {
      sweep();
      const host = hosts[endpoint] as Host;
      host.calls++;
      if (succeeded) host.successes++;
      host.run = succeeded ? 0 : host.run + 1;
      if (rules.consecutive > 0 && host.run >= rules.consecutive) eject(host);
    },
  };
}
