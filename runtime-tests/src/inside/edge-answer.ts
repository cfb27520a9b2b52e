/** What a request finds out. */
export interface EdgeAnswer {
  /** Changes when the isolate does. */
  readonly isolate: string;
  readonly state: string;

  /** Permits that nobody settled in time. */
  readonly lost: number;

  /** What calls came to so far, by outcome and kind. */
  readonly outcomes: readonly string[];

  /** Where requests found themselves: in their own store, or in whose. */
  readonly whereFound: readonly string[];
}
