/** What a call protects: anything asynchronous. */
export type Action = () => Promise<unknown>;

/** A function that makes a call through a breaker. */
export interface Guarded {
  call(action: Action): Promise<unknown>;

  /** Ends timers that would keep the process alive. */
  close?(): void;
}

/** One line of the tables. */
export interface Subject {
  /** Unlike any other. */
  readonly name: string;

  /** A yardstick is no breaker: it shows what the language itself costs. */
  readonly kind: 'yardstick' | 'ours' | 'peer';

  /** A short description of what it judges. */
  readonly judges: string;

  make(rule: Rule): Guarded;
}

/** The common rule, as far as each subject supports it: open when half of at least 20 calls in 10 seconds failed. */
export interface Rule {
  /** Share of failures at which it opens, below 1 because not every subject takes 1. */
  readonly share: number;
  readonly minimumCalls: number;

  /** The time window, in milliseconds. */
  readonly window: number;

  /** The count window, in calls. */
  readonly size: number;

  /** Milliseconds from which a call is slow, if a subject judges slowness. */
  readonly slowerThan: number;

  /** Milliseconds from opening to the first probe. */
  readonly openFor: number;
}

/** The rule of all tables without one of their own. No circuit recovers during a measurement. */
export const RULE: Rule = {
  share: 0.5,
  minimumCalls: 20,
  window: 10_000,
  size: 100,
  slowerThan: 1_000,
  openFor: 1_000_000,
};

/** More failures than any rule here needs. */
const PLENTY = 300;

/** Makes calls that fail until one is refused. */
export async function open({ call }: Guarded): Promise<void> {
  for (let i = 0; i < PLENTY; i++) {
    let made = false;
    const attempt = call(async () => {
      made = true;
      throw new Error('down');
    });
    await attempt.catch(() => undefined);
    if (!made) return;
  }
  throw new Error(`after ${PLENTY} failures the circuit still lets calls through`);
}
