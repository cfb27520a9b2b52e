/**
 * How the tile server treats requests for tiles.
 *
 * - `work`: draws them.
 * - `slow`: draws them, but only after a second and a half.
 * - `hang`: takes requests and never answers.
 * - `fail`: answers 503 and asks to be left alone for a while.
 */
export type Mode = 'work' | 'slow' | 'hang' | 'fail';

/** All of them. */
export const MODES: readonly Mode[] = ['work', 'slow', 'hang', 'fail'];

/** What the tile server tells its operator. */
export interface Report {
  readonly mode: Mode;

  /** Requests for tiles that reached it, however they ended. */
  readonly requests: number;
}
