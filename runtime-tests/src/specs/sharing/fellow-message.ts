/** The channel on which a spec and its fellows talk. */
export const FELLOWS = 'fellows';

/** What a spec tells one fellow, or all. Each answers how it stands. */
export interface Order {
  readonly to?: number;
  readonly act: 'say' | 'fail';
}

/** How a fellow stands. */
export interface FellowMessage {
  readonly from: number;
  readonly state: string;
  readonly calls: number;

  /** Fellows that it knows of, itself included. */
  readonly instances: number;

  /** The rules of its moves so far. */
  readonly rules: readonly string[];
}
