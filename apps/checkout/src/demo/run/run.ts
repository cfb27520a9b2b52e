import { constants } from 'node:os';

/** One run of the demo: how to stop it, and what to clean up. */
export interface Run {
  /** Aborts when the run has to stop, with the reason as its own. */
  readonly signal: AbortSignal;

  /** What to clean up at the end, last first. */
  readonly cleanup: AsyncDisposableStack;

  /** Stops the run because of an error. */
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

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The demo was stopped from outside. */
export class Interruption extends Error {
  override readonly name: string = 'Interruption';
  readonly exitCode: number;

  /** Whether a signal stopped it, such as Ctrl-C. */
  get isBySignal(): boolean {
    return this.exitCode > 128;
  }

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Stops the run on SIGINT, SIGTERM, SIGHUP and uncaught errors. A second signal ends the process immediately. */
export function stopOnInterruption(stop: AbortController): void {
  for (const signal of SIGNALS) {
    // The exit code that shells expect.
    const exitCode = 128 + constants.signals[signal];
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCode);
      stop.abort(new Interruption(`Stopped by ${signal}`, exitCode));
    });
  }
  process.on('uncaughtException', (error) => stop.abort(error));
}
