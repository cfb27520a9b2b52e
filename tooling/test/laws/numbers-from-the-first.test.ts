import { describe, expect, it } from 'vitest';
import { numbersFromTheFirst } from '../../src/laws/numbers-from-the-first.ts';
import { brokenBy } from './broken-by.ts';

const inClass = (field: string) => ({ 'packages/core/src/vitals/x.ts': `class X { ${field} }` });

describe('numbers from the first', () => {
  it.each(['at: Instant;', 'readonly #length: Millis;', 'protected count: number;'])('refuses %s', (field) => {
    expect(brokenBy(numbersFromTheFirst, inClass(field))).toHaveLength(1);
  });

  it.each([
    'at: Instant = 0;',
    '#since: Instant | undefined;',
    'readonly name: string;',
    'declare protected readonly vitals: Vitals;',
    'readonly sums: number[];',
  ])('accepts %s', (field) => {
    expect(brokenBy(numbersFromTheFirst, inClass(field))).toEqual([]);
  });
});
