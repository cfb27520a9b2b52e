import type { Pace } from '../measure/pace.ts';
import type { Spread } from '../measure/spread.ts';

/** The content of a cell: text, a number in the column's unit, or a spread of measurements. */
export type Cell = string | number | Spread | undefined;

/** What a table found. */
export interface Findings {
  readonly columns: readonly string[];

  /** Each begins with the name of what was measured. */
  readonly rows: readonly (readonly Cell[])[];

  /** Numbers by name, for the goals. */
  readonly figures: Readonly<Record<string, number>>;

  /** A picture of one column. */
  readonly picture?: Picture;
}

/** One number for each of some names. */
export interface Picture {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly { readonly name: string; readonly value: number | Spread }[];

  /** Whether each step along the axis multiplies. */
  readonly logarithmic?: boolean;
}

/** One table of the benchmarks. */
export interface Table {
  /** Names it in files: `closed`. */
  readonly id: string;
  readonly title: string;

  /** What was done and how to read it. */
  readonly about: string;

  /** Flags for the Node that measures it. */
  readonly flags?: readonly string[];

  measure(pace: Pace): Promise<Findings>;

  /** Whether the figures can be true. Where they cannot, the machine was not fit to measure, and it is done again. */
  sound?(figures: Findings['figures']): boolean;
}
