import { none, oracle, reference } from './bounds.ts';
import { envoyOutlier } from './envoy-outlier.ts';
import { gradient2 } from './gradient2.ts';
import { consecutive, opossum, sampling } from './packages.ts';
import type { Policy } from './policy.ts';
import { semian } from './semian.ts';
import { byDefault, classic, presets } from './switchgear.ts';
import { hystrix, polly, resilience4j } from './three-state-peers.ts';
import { envoyAdmission, sreThrottle } from './throttles.ts';

/** All policies, in the order of the tables. */
export const policies: readonly Policy[] = [
  none,
  oracle,
  reference,
  byDefault,
  classic,
  ...presets,
  opossum,
  consecutive,
  sampling,
  resilience4j,
  polly,
  hystrix,
  envoyOutlier,
  semian,
  sreThrottle,
  envoyAdmission,
  gradient2,
];

/** The policy of that name. */
export function policyOf(name: string): Policy {
  const found = policies.find((policy) => policy.name === name);
  if (!found) throw new Error(`there is no policy called ${name}`);
  return found;
}
