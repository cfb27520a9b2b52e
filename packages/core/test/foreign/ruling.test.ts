import { describe, expect, it } from 'vitest';
import { classifyBranches, rulingBrought } from '../../src/foreign/ruling.ts';
import { CircuitOpenError } from '../../src/index.ts';

const refused = () => new CircuitOpenError('payments', 1_000, { rule: 'failureRate', at: 0 });
const bringing = (ruling: unknown) => Object.assign(new Error('bringing'), { '@switchgear/ruling': ruling });
const aggregate = (...errors: unknown[]) => new AggregateError(errors);
const plain = new Error('plain');

/** Both members of one aggregate; the first of them has the second as its cause. */
function sharedFailure(): unknown {
  const failure = new Error('down');
  return aggregate(Object.assign(bringing({ outcome: 'ignored' }), { cause: failure }), failure);
}

describe('the ruling that an error carries', () => {
  it.each([
    ['a refusal', refused(), 'ignored'],
    ['a refusal behind a client', new Error('client', { cause: refused() }), 'ignored'],
    ['an error that excuses itself', bringing({ outcome: 'ignored' }), 'ignored'],
    ['an error that names its failure', bringing({ outcome: 'failure', kind: 'timeout' }), 'failure'],
    ['an aggregate of refusals', aggregate(refused(), refused()), 'ignored'],
    ['refusals and excuses together', aggregate(refused(), bringing({ outcome: 'ignored' })), 'ignored'],
    ['excuses and a named failure', aggregate(refused(), bringing({ outcome: 'failure' })), 'failure'],
    ['a refusal among failures', aggregate(refused(), plain, plain), undefined],
    ['a refusal after failures', aggregate(plain, refused()), undefined],
    ['a failure that is a member and behind an excuse', sharedFailure(), undefined],
    ['an aggregate within an aggregate', aggregate(refused(), aggregate(refused(), plain)), undefined],
    ['more members than are looked at', aggregate(...Array.from({ length: 1_000 }, refused)), undefined],
    ['a plain error', plain, undefined],
    ['no error', undefined, undefined],
  ])('of %s is %3$s', (_what, error, outcome) => {
    expect(rulingBrought(error)?.outcome).toBe(outcome);
  });

  it.each([
    ['a success, which no error is', { outcome: 'success' }],
    ['another outcome', { outcome: 'fine' }],
    ['an outcome alone', 'ignored'],
    ['a kind that is not a string', { outcome: 'ignored', kind: 7 }],
    ['a wait that is not a number', { outcome: 'ignored', retryAfter: 'soon' }],
    ['a wait that is not a number', { outcome: 'ignored', retryAfter: Number.NaN }],
    ['a wait in the past', { outcome: 'ignored', retryAfter: -1 }],
    ['true', true],
    ['null', null],
  ])('counts only whole and valid: not %s', (_what, ruling) => {
    expect(rulingBrought(bringing(ruling))).toBe(undefined);
  });

  it('cannot come from a server, which sends no symbols', () => {
    const forged = Object.assign(new Error(), JSON.parse('{"@switchgear/open":true,"breaker":"x","retryAfter":1e12}'));
    expect(rulingBrought(forged)).toBe(undefined);
  });
});

describe('an error classified branch by branch', () => {
  const byMessage = (branch: readonly unknown[]) =>
    branch.some((link) => (link as Error).message === 'fine')
      ? ({ outcome: 'success' } as const)
      : ({ outcome: 'failure', kind: 'unknown' } as const);

  it.each([
    ['all branches that succeed', aggregate(new Error('fine'), new Error('fine')), 'success'],
    ['a failure beside a success', aggregate(new Error('fine'), plain), 'failure'],
    ['a success beside an excuse', aggregate(refused(), new Error('fine')), 'success'],
    ['excuses only', aggregate(refused(), refused()), 'ignored'],
    ['one plain error', plain, 'failure'],
  ])('is for %s: %3$s, in any order', (_what, error, outcome) => {
    expect(classifyBranches(error, byMessage).outcome).toBe(outcome);
    const turned = Object.assign(error, { errors: [...((error as Partial<AggregateError>).errors ?? [])].reverse() });
    expect(classifyBranches(turned, byMessage).outcome).toBe(outcome);
  });
});
