import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody stopped the demo. */
export class Interruption extends Error {
  override readonly name: string = 'Interruption';
  readonly exitCode: number;

  /** Whether a signal did, as Ctrl-C is one. */
  get isBySignal(): boolean {
    return this.exitCode > 128;
  }

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Stops the run on Ctrl-C and its kin, and on an error nobody caught. A second signal ends the process on the spot. */
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
