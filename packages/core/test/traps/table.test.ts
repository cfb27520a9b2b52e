import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const rows = read('README.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, fault = '', file = '', test = '']) => (file.endsWith('.test.ts') ? [{ fault, file, test }] : []));

it.each(rows)('the table leads from "$fault" to a test', ({ file, test }) => {
  expect(read(file)).toContain(test);
});

it('the table has rows', () => {
  expect(rows.length).toBeGreaterThan(30);
});
