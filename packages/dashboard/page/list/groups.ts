import type { Row } from '../../src/wire/messages.ts';
import { type Kind, kindOf } from '../parts/format.ts';

/** A service and its instances. */
export interface Group {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** The search text and the state filter. */
export interface Filter {
  readonly text: string;
  readonly kind: Kind | undefined;
}

/** The matching breakers by service, sorted by name. */
export function groupsOf(rows: Iterable<Row>, { text, kind }: Filter): Group[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (kind && kindOf(row) !== kind) continue;
    const where = `${row.id} ${row.group}`.toLowerCase();
    if (!words.every((word) => where.includes(word))) continue;
    const group = groups.get(row.group);
    if (group) group.push(row);
    else groups.set(row.group, [row]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, rows: members.sort((a, b) => order(a.id, b.id)) }))
    .sort((a, b) => order(a.name, b.name));
}

const { compare: order } = new Intl.Collator('en', { numeric: true });

/** How many breakers there are of each kind. */
export function countKinds(rows: Iterable<Row>): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const row of rows) counts.set(kindOf(row), (counts.get(kindOf(row)) ?? 0) + 1);
  return counts;
}
