/** Something to deliver, as it lies in the queue. */
export interface Message<Payload> {
  /** The same for every attempt, so that an attempt too many does nothing. Send it as the idempotency key. */
  readonly key: string;

  /** What was put in: it comes back as JSON keeps it. */
  readonly payload: Payload;

  /** Which attempt this is: 1 for the first. */
  readonly attempt: number;

  /**
   * Whether no attempt came before this one, so that nothing has been sent by anybody. A breaker's refusal was none; one
   * that its process did not survive was. Only then may it go somewhere else than before.
   */
  readonly isFirst: boolean;
}
