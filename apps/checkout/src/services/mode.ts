/**
 * How a service behaves.
 *
 * - `healthy`: answers as fast as it usually does.
 * - `slow`: answers, but only after 700 to 1300 ms.
 * - `hang`: takes requests and never answers them. Some it carries out first, which is the cruel part.
 * - `refuse`: accepts connections and resets them at once.
 */
export type Mode = 'healthy' | 'slow' | 'hang' | 'refuse';

/** All of them. */
export const MODES: readonly Mode[] = ['healthy', 'slow', 'hang', 'refuse'];

/** The modes in which nobody gets an answer. */
export const DEAD: readonly Mode[] = ['hang', 'refuse'];

/** Shortest and longest time to an answer, in milliseconds. */
export type Delay = readonly [shortest: number, longest: number];

/** That of a slow service. */
export const SLOW: Delay = [700, 1_300];
