/** Resolves with the arguments of the one call that the callback gets. */
export function called(give: (callback: (...args: unknown[]) => void) => unknown): Promise<unknown[]> {
  return new Promise((resolve) => give((...args) => resolve(args)));
}
