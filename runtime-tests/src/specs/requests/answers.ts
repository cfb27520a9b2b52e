/** The answer of a Worker with two breakers. */
export interface Answer {
  /** Changes when the isolate does. */
  readonly isolate: string;
  readonly answer: unknown;
  readonly state: string;
  readonly rejected: number;

  /** Calls so far that were told to hang. */
  readonly hung: number;
}

/** The answer of a Worker whose breaker shares. */
export interface SharingAnswer {
  /** Changes when the isolate does. */
  readonly isolate: string;
  readonly state: string;

  /** Calls in the window, and the rules of the moves so far. */
  readonly calls: number;
  readonly rules: readonly string[];

  /** Isolates that it knows of, this one included. */
  readonly instances: number;
  readonly faults: readonly string[];
}

/** The answer of a Worker with adapters. */
export interface EdgeAnswer {
  /** Changes when the isolate does. */
  readonly isolate: string;
  readonly state: string;

  /** Permits that were not settled in time. */
  readonly lost: number;

  /** The outcomes of calls so far, with their kinds. */
  readonly outcomes: readonly string[];

  /** The points that requests reached, with the store seen there if it was another's. */
  readonly whereFound: readonly string[];
}
