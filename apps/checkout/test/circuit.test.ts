import { describe, expect, it } from 'vitest';
import { createActs, type Event } from '../src/demo/acts.ts';
import { circuitOf, isWellAtLast } from '../src/demo/circuit.ts';
import type { Move } from '../src/demo/side.ts';

const acts = (...events: Event[]) => createActs({ short: true, ownDatabase: true, acts: events });
const all = createActs({ short: true, ownDatabase: true });
const moments = { slowAt: 1_000, deadAt: 2_000, backAt: 3_000, databaseDownAt: undefined };

const move = (at: number, to: string, breaker = 'payments'): Move => ({
  ...{ at, to, breaker, from: 'closed', because: { rule: 'failureRate', at: 0 } },
});

describe('the circuit before payments', () => {
  it.each<[rule: string, moves: Move[], opened: boolean, closed: boolean]>([
    ['opened and closed', [move(1_500, 'open'), move(3_100, 'half-open'), move(3_200, 'closed')], true, true],
    ['opened and is half-open', [move(1_500, 'open'), move(3_100, 'half-open')], true, false],
    ['never moved', [], false, true],
    ['opened before there was any trouble, and then did not', [move(500, 'open'), move(900, 'closed')], false, true],
    ['is not that of the database', [move(1_500, 'open', 'database')], false, true],
  ])('%s', (_rule, moves, opened, closed) => {
    expect(circuitOf(all, moves, moments)).toEqual({ opened, closed, isWellAtLast: true });
  });
});

describe('payments answer at the end', () => {
  it.each<[events: Event[], isWell: boolean]>([
    [['steady'], true],
    [['slow'], true],
    [['hang', 'return'], true],
    [['hang'], false],
    [['slow', 'refuse', 'databaseDown', 'databaseBack'], false],
  ])('of %j: %s', (events, isWell) => {
    expect(isWellAtLast(acts(...events))).toBe(isWell);
  });
});
