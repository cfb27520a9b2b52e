import type { Millis } from '@switchgear/core';
import type { Entry } from '../history/entry.ts';
import type { Row, Second } from './row.ts';

/** Everything, for a page that has just connected. */
export interface World {
  readonly title: string;

  /** The server's wall time. */
  readonly now: Millis;

  /** Since when it observes. */
  readonly since: Millis;
  readonly rows: readonly Row[];

  /** The last minute of those breakers that were used in it. */
  readonly seconds: Readonly<Record<string, readonly Second[]>>;
  readonly entries: readonly Entry[];

  /** Whether settled calls are heard of. */
  readonly outcomes: boolean;

  /** Whether the page may offer an operator's buttons; who may press them is asked at each. */
  readonly controls: boolean;
}

/** What has changed since the last news. */
export interface Changes {
  readonly now: Millis;
  readonly rows: readonly Row[];
  readonly entries: readonly Entry[];

  /** Breakers that are there no longer. */
  readonly gone: readonly string[];
}
