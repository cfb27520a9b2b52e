import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, Rule } from './rule.ts';

/** The measures of a rule side by side, each in columns of its own from `first` on. */
export class MeasureSet {
  /** How many columns they fill. */
  readonly columns: number;

  /** A success shorter than this adds to none of them. */
  readonly under: Millis;

  /** What they sum, in a word. */
  readonly id: string;

  readonly #measures: readonly Measure[];
  readonly #first: number;

  constructor({ measures = [] }: Pick<Rule, 'measures'>, first: number) {
    this.#measures = measures;
    this.#first = first;
    this.columns = measures.reduce((columns, { width = 1 }) => columns + width, 0);
    this.under = Math.min(Number.POSITIVE_INFINITY, ...measures.map(({ under }) => under));
    this.id = measures.map(({ id }) => id).join('|');
  }

  /** Adds one settled call to each. Says whether any of them had something to add. */
  add(to: Columns, failed: boolean, duration: Millis, kind: string | undefined): boolean {
    let column = this.#first;
    let notable = false;
    for (const measure of this.#measures) {
      if (measure.add(to, column, failed, duration, kind)) notable = true;
      column += measure.width ?? 1;
    }
    return notable;
  }

  /** Where a measure begins; nothing if it is not among them. */
  columnOf(id: string): number | undefined {
    let column = this.#first;
    for (const measure of this.#measures) {
      if (measure.id === id) return column;
      column += measure.width ?? 1;
    }
    return undefined;
  }
}
