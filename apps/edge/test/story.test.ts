import { beforeAll, describe, expect, it } from 'vitest';
import { runtimes } from '../src/demo/runtimes.ts';
import { isAsExpected, linesOf } from '../src/demo/screen.ts';
import { acts, type Story, tell } from '../src/demo/story.ts';

const expected = acts.map((act) => act.expected);

describe('the app', () => {
  let stories: readonly Story[];
  beforeAll(async () => {
    stories = await Promise.all(runtimes.map(tell));
  });

  it.each(runtimes.map(({ name }, i) => [name, i] as const))('tells its whole story on %s', (name, i) => {
    expect(stories[i]?.seen).toEqual(expected);
    expect(stories[i]?.says).toBe(name);
  });

  it('is one isolate throughout: what opened is the very circuit that closed', () => {
    expect(stories.map(({ isolates }) => isolates.length)).toEqual(runtimes.map(() => 1));
  });

  it('shows copies with their age, instead of asking a service that fails', () => {
    for (const { copies } of stories) {
      // Ten of each service.
      expect(copies).toHaveLength(20);
      expect(copies.every(({ age = -1 }) => age >= 0)).toBe(true);
    }
  });
});

describe('the demo', () => {
  const story: Story = { runtime: 'bun', says: 'bun', seen: expected, isolates: ['one'], copies: [] };

  it('fails for a runtime that saw something else, was restarted on the way, or is not the one it was taken for', () => {
    expect(isAsExpected(story)).toBe(true);
    expect(isAsExpected({ ...story, seen: expected.with(1, '20 × 502, then closed') })).toBe(false);
    expect(isAsExpected({ ...story, seen: expected.slice(1) })).toBe(false);
    expect(isAsExpected({ ...story, isolates: ['one', 'two'] })).toBe(false);
    expect(isAsExpected({ ...story, says: 'node' })).toBe(false);
  });

  it('says what that runtime saw instead', () => {
    const lines = linesOf([story, { ...story, runtime: 'deno', seen: expected.with(1, 'something else') }]);
    expect(lines.filter((line) => line.includes('saw: '))).toEqual([
      expect.stringContaining('deno saw: something else'),
    ]);
  });
});
