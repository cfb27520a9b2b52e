/** Calls of a stretch, between whose ends is counted. */
export const CALLS = 2_000;

/** Stretches of a process. */
export const STRETCHES = 12;

/**
 * The stretch before which garbage is collected, once: the engine compiles again after a collection, and every
 * process has some. A collection before each stretch would throw away code again and again.
 */
export const COLLECTED = 2;

/**
 * The stretches at the end that count, of which the cheapest is taken. By then the engine has compiled nearly everything;
 * the cheapest has no compiling in it.
 */
export const COUNTED = 4;
