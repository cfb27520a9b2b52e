import type { Millis } from '@switchgear/core';

/** Steps shorter than a timer's shortest wait would be no steps. */
const FINEST = 1;

/** Coarser than this, a default window of ten seconds would have no use for its buckets. */
const COARSEST = 1_000;

/** The resolution that these options ask for; the one place where its default is written and its range is checked. */
export function resolutionOf(options: { readonly resolution?: Millis }): Millis {
  if (typeof options !== 'object' || options === null) refuse('coarseClock', 'an object', options);
  for (const name of Object.keys(options)) {
    if (name !== 'resolution') throw new TypeError(`coarseClock has no option '${name}'; it takes resolution`);
  }
  const { resolution = 20 } = options;
  const fits = typeof resolution === 'number' && resolution >= FINEST && resolution <= COARSEST;
  return fits ? resolution : refuse('coarseClock resolution', `a number from ${FINEST} to ${COARSEST}`, resolution);
}

function refuse(option: string, rule: string, value: unknown): never {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  throw new Refusal(`${option} must be ${rule}, got ${typeof value === 'string' ? `'${value}'` : value}`);
}
