import type { Peer } from './peers.ts';

/** One thing that goes wrong in one peer, and the program that shows it. */
export interface Fault {
  /** The file below `programs/`: the peer's folder and the program's name, without its ending. */
  readonly program: `${Peer}/${string}`;

  /** What goes wrong, in one sentence. */
  readonly fault: string;

  /** What the program prints if the fault is present. Any other output means that it is fixed. */
  readonly shows: RegExp;

  /** Where the program runs. In a process of its own, unless it is a Worker. */
  readonly on?: 'workerd';

  /** Where the peer documents this as intended, or a workaround. */
  readonly documented?: string;
}

/** Faults of one kind. `test/ours/<id>.test.ts` tests the same situation with our breaker. */
export interface Theme {
  readonly id: string;
  readonly title: string;

  /** The situation, in a sentence or two. */
  readonly scene: string;

  /** What a correct breaker does in it. */
  readonly correct: string;
  readonly faults: readonly Fault[];
}
