import type { Row } from '../../src/wire/row.ts';
import { type Kind, kindOf } from '../parts/kind.ts';

/** A service and its instances. */
export interface Group {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** What is looked for. */
export interface Filter {
  readonly text: string;
  readonly kind: Kind | undefined;
}

/** The breakers that fit, by service, in the order of their names. */
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
