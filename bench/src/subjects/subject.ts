import type { Rule } from './rule.ts';

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

  /** What it judges, in few words. */
  readonly judges: string;

  make(rule: Rule): Guarded;
}
