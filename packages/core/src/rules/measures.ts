import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, Rule } from './rule.ts';

/** Several measures as one, each in columns of its own. Those of the same id are summed once. */
export function measures(parts: readonly Measure[]): Measure {
  const columns = new Map<Measure, number>();
  const ids = new Set<string>();
  let width = 0;
  for (const part of parts) {
    if (ids.has(part.id)) continue;
    columns.set(part, width);
    ids.add(part.id);
    width += part.width;
  }
  return {
    id: [...ids].join(),
    width,
    under: Math.min(Infinity, ...parts.map(({ under }) => under)),
    columnOf(id) {
      for (const [part, column] of columns) {
        const within = part.id === id ? 0 : part.columnOf?.(id);
        if (within !== undefined) return column + within;
      }
      return undefined;
    },
    add(to: Columns, first: number, failed: boolean, duration: Millis, kind: string | undefined): boolean {
      let notable = false;
      for (const [part, column] of columns) {
        if (part.add(to, first + column, failed, duration, kind)) notable = true;
      }
      return notable;
    },
  };
}

/** In which column of the rule's own a measure begins; no number if the rule has it not. */
export function columnOf({ measure }: Rule, { id }: Measure): number {
  return measure?.columnOf?.(id) ?? (measure?.id === id ? 0 : Number.NaN);
}
