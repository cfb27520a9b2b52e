import { Series } from './series.ts';

/** The value of everything beyond a bound, as in OpenTelemetry's own conventions. */
const OTHER = '_OTHER';

/**
 * Lets the first `most` values pass. Attribute values become series that are never forgotten, and some values come from
 * outside.
 */
class BoundedValues {
  readonly #known = new Set<string>();
  #most = 0;

  /** Raises the bound; a lower one changes nothing. */
  raise(most: number): void {
    this.#most = Math.max(this.#most, most);
  }

  /** The value, or {@link OTHER} if there is none or the bound has been reached before. */
  of(value: string | undefined): string {
    if (value === undefined) return OTHER;
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#most) return OTHER;
    this.#known.add(value);
    return value;
  }
}

/** How many values of an attribute get series of their own. */
export interface SeriesBounds {
  readonly maxNames: number;
  readonly maxKinds: number;
}

/** The series of all breakers on one meter, by name. */
export class AllSeries {
  readonly #kinds = new BoundedValues();
  readonly #reasons = new BoundedValues();
  readonly #names = new BoundedValues();
  readonly #series = new Map<string, Series>();

  /** Raises the bounds. They are never lowered, because existing series are kept. */
  widen({ maxNames, maxKinds }: SeriesBounds): void {
    this.#names.raise(maxNames);
    this.#kinds.raise(maxKinds);
    this.#reasons.raise(maxKinds);
  }

  /** The series of this name, or the shared one if the bound has been reached. */
  of(name: string): Series {
    return this.#series.get(name) ?? this.#add(name);
  }

  /** The kind of a failure, within the bound. */
  kind(kind: string | undefined): string {
    return this.#kinds.of(kind);
  }

  /** A rule as a reason, within the bound. */
  reason(rule: string | undefined): string {
    return this.#reasons.of(rule);
  }

  [Symbol.iterator](): Iterator<Series> {
    return this.#series.values();
  }

  #add(name: string): Series {
    const bounded = this.#names.of(name);
    const series = this.#series.get(bounded) ?? new Series(bounded);
    this.#series.set(bounded, series);
    return series;
  }
}
