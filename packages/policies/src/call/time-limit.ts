/** Whoever limits calls: says so in an error, and counts the work that goes on all the same. */
export interface TimeLimit {
  abandoned: number;

  /** @param ended fulfilled when the work has ended */
  errorFor(ended: Promise<void>): Error;
}
