import type { KeyedOptions, Millis, Registry } from '@switchgear/core';
import type { LoadOptions } from '../load/load.ts';
import type { Settings } from '../load/settings.ts';
import type { Applied } from './apply.ts';
import type { Difference } from './pair.ts';
import type { Rehearsal } from './rehearse.ts';

/** Options of {@link watchConfig}. */
export interface WatchOptions extends Omit<LoadOptions, 'file'> {
  /**
   * Milliseconds from one look at the file to the next, greater than 0.
   *
   * @default 2_000
   */
  readonly every?: Millis;

  /**
   * Called with each event. What it throws is dropped.
   *
   * @default undefined
   */
  readonly onEvent?: (event: WatchEvent) => void;

  /**
   * What happens to a breaker that is no longer in the file: it stays as it is, or its registry forgets it.
   *
   * @default 'keep'
   */
  readonly removed?: 'keep' | 'delete';

  /**
   * A second file, whose settings run in shadow beside the live ones while it exists. What they would have done differently is
   * an event, and `rehearsal` has the report. Nothing applies itself: to apply it, move it over the file. Each call costs
   * more while it runs, because the outcome of each is handed over.
   *
   * @default undefined
   */
  readonly candidate?: string | URL;

  /**
   * Options under those of the file, which only a program can say, for breakers of the watch's own registry: `onError`,
   * `classify`, `clock`.
   *
   * @default {}
   */
  readonly base?: KeyedOptions;

  /**
   * The most breakers that the watch's own registry keeps: a whole number of at least 1.
   *
   * @default 1_000
   */
  readonly max?: number;
}

/** Something that happened to a watched file. */
export type WatchEvent =
  | ({ readonly type: 'applied' } & Applied)
  | {
      /** `refused`: the file is wrong, and the settings before stay in force. `missing`: the file is gone; they stay too. */
      readonly type: 'refused' | 'missing';
      readonly file: string;

      /** A `SettingsError` with every problem, or the error of the file system. */
      readonly error: unknown;
    }
  | ({ readonly type: 'rehearsed' } & Difference);

/** A file that is being watched. */
export interface Watch {
  /** The settings in force. */
  readonly settings: Settings;

  /** The registry that was given, or one with a breaker for each name that it is asked for. */
  readonly registry: Registry;

  /** The candidate that runs in shadow, if there is one. */
  readonly rehearsal: Rehearsal | undefined;

  /** Looks at the files now: for a signal such as SIGHUP, and for tests. */
  check(): void;

  /** Ends the watch. Breakers keep the settings they have. */
  close(): void;
}
