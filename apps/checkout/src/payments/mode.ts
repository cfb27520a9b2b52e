/**
 * How the payment service behaves.
 *
 * - `healthy`: answers within 20 to 60 ms.
 * - `slow`: answers, but only after 700 to 1300 ms.
 * - `hang`: takes requests and never answers them. Some it charges first, which is the cruel part.
 * - `refuse`: accepts connections and resets them at once.
 */
export type Mode = 'healthy' | 'slow' | 'hang' | 'refuse';

/** All of them. */
export const MODES: readonly Mode[] = ['healthy', 'slow', 'hang', 'refuse'];

/** The modes in which nobody gets an answer. */
export const DEAD: readonly Mode[] = ['hang', 'refuse'];

/** Shortest and longest answer in milliseconds, where there is an answer. */
export const DELAYS: Readonly<Record<'healthy' | 'slow', readonly [shortest: number, longest: number]>> = {
  healthy: [20, 60],
  slow: [700, 1_300],
};
