/** One run of the demo: how it is stopped, and what it must undo. */
export interface Run {
  /** Aborts when the run is to stop, for whatever reason. The reason is the abort's reason. */
  readonly signal: AbortSignal;

  /** What must be undone at the end, last first. */
  readonly cleanup: AsyncDisposableStack;

  /** Stops the run, because something it cannot do without has gone wrong. */
  fail(error: Error): void;
}

/** The promise's value, or the signal's reason as soon as it aborts. */
export async function unlessStopped<T>(promise: Promise<T>, { signal }: Pick<Run, 'signal'>): Promise<T> {
  signal.throwIfAborted();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
