/** Takes in what listeners, classifiers and plugs throw: counts it, passes it on, and lets none of it reach a caller. */
export class ErrorDesk {
  /** How many have come in. */
  count = 0;

  onError: ((error: unknown, where: string) => void) | undefined = undefined;

  /** What the act returns, or nothing if it throws. */
  attempt<T>(where: string, act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      this.report(error, where);
      return undefined;
    }
  }

  report(error: unknown, where: string): void {
    this.count++;
    try {
      this.onError?.(error, where);
    } catch {
      // Nobody is left to tell.
    }
  }
}
