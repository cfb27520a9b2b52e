/** Something to deliver, as it lies in the queue. */
export interface Message<Payload> {
  /** The same for every attempt, so that an attempt too many does nothing. Send it as the idempotency key. */
  readonly key: string;

  /** What was put in: it comes back as JSON keeps it. */
  readonly payload: Payload;

  /** Which attempt this is: 1 for the first. */
  readonly attempt: number;
}
