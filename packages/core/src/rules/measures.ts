import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, Rule } from './rule.ts';

/** Several measures as one, each in columns of its own. Those of the same id are summed once. */
export function measures(parts: readonly Measure[]): Measure {
  const columns = new Map<Measure, number>();
  const ids = new Map<string, number>();
  let width = 0;
  for (const part of parts) {
    if (ids.has(part.id)) continue;
    columns.set(part, width);
    ids.set(part.id, width);
    width += part.width;
  }
  return {
    id: [...ids.keys()].join(),
    width,
    under: Math.min(Infinity, ...parts.map(({ under }) => under)),
    columnOf: (id) => ids.get(id),
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
