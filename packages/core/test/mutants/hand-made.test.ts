import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allMutants } from '../proofs/mutants/all.ts';

describe('mistakes made on purpose', () => {
  it('each find the one place in the sources where they are made, so that verify does not stop at a moved line', () => {
    const lost = allMutants.filter(({ file, from }) => {
      const source = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8');
      return source.split(from).length !== 2;
    });
    expect(lost.map(({ file, mistake }) => `${file}: ${mistake}`)).toEqual([]);
  });
});
