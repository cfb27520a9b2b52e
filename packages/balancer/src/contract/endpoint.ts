/** One of the servers behind a service. */
export interface Endpoint {
  /** Its name among the endpoints of the service, in events and rows. It keeps its evidence through updates of the list. */
  readonly id: string;

  /**
   * Where it is. Adapters call it there.
   *
   * @default the id
   */
  readonly url?: string | URL;

  /**
   * Its share of the calls in proportion to those of others; greater than 0.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * 0 is called first; a higher one gets what the lower ones cannot carry. A whole number of at least 0.
   *
   * @default 0
   */
  readonly tier?: number;

  /**
   * Where it stands. Endpoints of the caller's own zone are called first.
   *
   * @default undefined
   */
  readonly zone?: string;
}

/** How an endpoint stands, as plain data: for dashboards, metrics and logs. */
export interface EndpointRow {
  /** The endpoint's id. */
  readonly id: string;
  readonly tier: number;
  readonly zone: string | undefined;

  /** Its share of the calls among endpoints that do equally well: its weight, less while it starts or is degraded; 0 while ejected. */
  readonly weight: number;
  readonly state: 'closed' | 'open' | 'half-open';

  /** Calls under way. */
  readonly load: number;

  /** Milliseconds: the latency it is chosen by. It rises with each slow answer and falls in 1 to 10 s. */
  readonly latency: number;

  /** The share of its last calls that succeeded, from 0 to 1; it tends to 1 in 10 s. */
  readonly success: number;

  /** One sentence: why it gets fewer calls than its weight, or why it was not ejected. Empty if there is nothing to say. */
  readonly why: string;
}
