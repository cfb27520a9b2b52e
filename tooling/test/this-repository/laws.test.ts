import { describe, expect, it } from 'vitest';
import { laws } from '../../src/laws/laws.ts';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();

describe('this repository keeps its laws', () => {
  it.each(laws.map((law) => [law.name, law] as const))('%s', (_name, law) => {
    const broken = [...law.check(repository)].map(({ where, what }) => `${where}  ${what}`);
    expect(broken).toEqual([]);
  });
});
