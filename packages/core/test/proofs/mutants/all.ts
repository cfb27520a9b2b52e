import { adaptiveMutants } from './adaptive.ts';
import { breakerMutants } from './breaker.ts';
import { evidenceMutants } from './evidence.ts';
import { machineMutants } from './machine.ts';
import type { Mutant } from './mutant.ts';

/** Every mistake that is made on purpose. */
export const allMutants: readonly Mutant[] = [
  ...machineMutants,
  ...evidenceMutants,
  ...breakerMutants,
  ...adaptiveMutants,
];
