import { describe, expect, it } from 'vitest';
import type { Recover } from '../../src/index.ts';
import type { CircuitEvent, Plan } from '../../src/machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import { probes } from '../../src/recover/probes.ts';

const bug = new Error('plug');
const broken = (): never => {
  throw bug;
};

const sound = probes({ permitted: 1 }).build({ permitTimeout: 500, rule: undefined });
const planWith = (recover: Partial<Recover> = {}): Plan => ({
  openFor: () => 1_000,
  recovery: { ...sound, ...recover },
});

type Known = { type: CircuitEvent['type'] } & Record<string, unknown>;

const step = (from: CircuitState, plan: Plan, event: Known) =>
  transition(from, { at: 10, ...event } as CircuitEvent, { luck: 0.5 }, plan);

const move = (to: string, more: object = {}): Known => ({ type: 'move', to, verdict: { rule: 'hand' }, ...more });
const stateAfter = (plan: Plan, ...events: Known[]) =>
  events.reduce((state, event) => step(state, plan, event).state, UNTOUCHED as CircuitState);
const ending = (outcome: string, slow = false): Known => {
  return { type: 'settle', generation: 1, id: 1, outcome, slow, duration: 1 };
};

describe('a recovery that throws', () => {
  const plan = planWith({ settle: broken });
  const halfOpen = stateAfter(plan, move('half-open'), { type: 'acquire' });

  it.each<[outcome: string, slow: boolean, phase: string, failures: number]>([
    ['success', false, 'closed', 0],
    ['success', true, 'open', 1],
    ['failure', false, 'open', 1],
    ['failure', true, 'open', 1],
  ])('leaves it to the call, and says so: %s, slow %s, leads to %s', (outcome, slow, phase, failures) => {
    const { state, faults } = step(halfOpen, plan, ending(outcome, slow));
    expect(state).toMatchObject({ phase, because: { rule: 'recover', evidence: { calls: 1, failures } } });
    expect(faults).toEqual([bug]);
  });

  it.each([false, true])('stays half-open after an ignored call, slow %s', (slow) => {
    const { state, moves, faults } = step(halfOpen, plan, ending('ignored', slow));
    expect(state).toEqual(halfOpen);
    expect(moves).toEqual([]);
    expect(faults).toEqual([bug]);
  });

  it('when it is asked for a permit lets the call through, and keeps its memory', () => {
    const refusing = planWith({ admit: broken });
    const before = stateAfter(refusing, move('half-open'));
    const { state, admitted, lost, faults } = step(before, refusing, { type: 'acquire' });
    expect([admitted, lost, faults]).toEqual([1, 0, [bug]]);
    expect(state).toEqual({ ...before, issued: 1 });
  });

  it('several times in one step has each error reported', () => {
    const twice = planWith({ expired: broken, admit: broken });
    const { faults } = step(stateAfter(planWith(), move('half-open')), twice, { type: 'acquire' });
    expect(faults).toEqual([bug, bug]);
  });
});

describe('a step', () => {
  it('without an error of a plug has no list of them', () => {
    expect(Object.keys(step(UNTOUCHED, planWith(), { type: 'look' }))).not.toContain('faults');
  });

  it('asks only a half-open circuit whether its stay is over', () => {
    const plan = planWith({ expired: broken });
    expect(step(UNTOUCHED, plan, { type: 'look' }).faults).toBeUndefined();
    expect(step(stateAfter(plan, move('open')), plan, { type: 'look' }).faults).toBeUndefined();
    expect(step(stateAfter(plan, move('half-open')), plan, { type: 'look' }).faults).toEqual([bug]);
  });

  it('names openFor in the report of its invalid wait', () => {
    const { faults } = step(UNTOUCHED, { ...planWith(), openFor: () => Number.NaN }, move('open'));
    expect(faults).toMatchObject([{ message: expect.stringContaining('the result of openFor must be a number') }]);
  });
});

describe('an order to open what is open', () => {
  const open = stateAfter(planWith(), { type: 'move', to: 'open', verdict: { rule: 'failureRate' } });

  it.each([
    ['as long as it is open anyway', 1_000],
    ['for less', 999],
  ])('%s changes nothing, not even the reason', (_what, wait) => {
    expect(step(open, planWith(), move('open', { ordered: true, wait })).state).toEqual(open);
  });

  it('for longer is the reason from then on', () => {
    const { state } = step(open, planWith(), move('open', { ordered: true, wait: 1_001 }));
    expect(state).toMatchObject({ until: 1_011, attempt: 1, because: { rule: 'hand', at: 10, nextAttemptAt: 1_011 } });
  });
});

describe('a half-open circuit that refuses', () => {
  const refusing = (freeAt?: number) =>
    planWith({ admit: () => ({ admitted: false, memory: 'kept', lost: 0, ...(freeAt !== undefined && { freeAt }) }) });

  it.each<[rule: string, freeAt: number | undefined, until: number]>([
    ['until a place is free', 1_500, 1_500],
    ['at most as long again as it was open before', 5_000, 2_010],
    ['no time if a place may be free at any moment', undefined, 1_010],
  ])('says to wait %s', (_rule, freeAt, until) => {
    const before = stateAfter(planWith(), move('open'));
    const { state, admitted } = step(before, refusing(freeAt), { type: 'acquire', at: 1_010 });
    expect(admitted).toBeUndefined();
    expect(state).toMatchObject({ phase: 'half-open', memory: 'kept', issued: 0, until });
  });
});
