import { describe, expect, it } from 'vitest';
import { limitFor, movement, withLimits } from '../../src/published/budget.ts';

const budget = { what: 'axios', package: 'packages/axios', import: '{ x }', limit: 1_000 };

describe('a size budget', () => {
  it('leaves 5 % of room, rounded up to 10 bytes', () => {
    expect([limitFor(1_000), limitFor(1_001), limitFor(0)]).toEqual([1_050, 1_060, 0]);
  });

  it('that is approved says by how much its limit moves, up or down', () => {
    expect(movement(budget, 1_000)).toBe('axios: 1000 bytes, limit 1000 -> 1050, +50 (5.0 %)');
    expect(movement(budget, 900)).toBe('axios: 900 bytes, limit 1000 -> 950, -50 (-5.0 %)');
    expect(movement({ ...budget, limit: 1_050 }, 1_000)).toContain('stays');
  });

  it('changes its limit and nothing else of the file', () => {
    const text = '[\n  { "limit": 10, "goal": 5 },\n  { "without": ["x"], "limit": 20 }\n]\n';
    expect(withLimits(text, [11, 22])).toBe(text.replace('10', '11').replace('20', '22'));
  });
});
