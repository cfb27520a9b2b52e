import { describe, expect, it } from 'vitest';
import { Copies } from '../src/last-good-copy.ts';

const copyOf = (body: string, at = 0) => ({ body, type: 'text/plain', at });

describe('last good copies', () => {
  it('are limited in number: the least recently used is dropped', () => {
    const copies = new Copies({ max: 2, longest: 10, oldest: 1_000 });
    copies.keep('/a', copyOf('a'));
    copies.keep('/b', copyOf('b'));
    expect(copies.find('/a', 0)?.body).toBe('a');
    copies.keep('/c', copyOf('c'));
    expect(copies.size).toBe(2);
    expect(copies.find('/b', 0)).toBeUndefined();
    expect(copies.find('/a', 0)?.body).toBe('a');
  });

  it('are limited in length, and a longer answer removes the old copy', () => {
    const copies = new Copies({ max: 2, longest: 3, oldest: 1_000 });
    copies.keep('/a', copyOf('abc'));
    expect(copies.find('/a', 0)?.body).toBe('abc');
    copies.keep('/a', copyOf('abcd'));
    expect(copies.find('/a', 0)).toBeUndefined();
    expect(copies.size).toBe(0);
  });

  it('are forgotten when they are too old', () => {
    const copies = new Copies({ max: 2, longest: 3, oldest: 1_000 });
    copies.keep('/a', copyOf('old', 500));
    expect(copies.find('/a', 1_500)?.body).toBe('old');
    expect(copies.find('/a', 1_501)).toBeUndefined();
    expect(copies.size).toBe(0);
  });
});
