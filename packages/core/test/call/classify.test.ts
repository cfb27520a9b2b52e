import { describe, expect, it } from 'vitest';
import {
  classifyWith,
  outcomeOf,
  outcomeOfAbort,
  reasonOf,
  stoppedBefore,
  stoppedCall,
} from '../../src/call/classify.ts';
import type { Outcome, Ruling } from '../../src/index.ts';

/** A reporter that writes down what is reported. */
function reporting() {
  const reports: [string, string][] = [];
  return {
    reports,
    reporter: { report: (error: unknown, where: string) => void reports.push([where, (error as Error).message]) },
  };
}

const bug = () => {
  throw new Error('bug');
};

describe('an ending that the user’s classifier does not decide', () => {
  it.each<[rule: string, ending: { value: unknown } | { error: unknown }, byDefault: Outcome, outcome: Outcome]>([
    ['a value is what the default says', { value: 500 }, 'failure', 'failure'],
    ['an error is what the default says', { error: new Error('gone') }, 'ignored', 'ignored'],
  ])('%s', (_rule, ending, byDefault, outcome) => {
    expect(classifyWith(ending as never, undefined, () => byDefault, reporting().reporter)).toBe(outcome);
  });

  it.each([
    [{ value: 1 }, 'success'],
    [{ error: new Error('down') }, 'failure'],
  ])('is classified by its kind if the default throws, which is reported: %j is a %s', (ending, outcome) => {
    const { reports, reporter } = reporting();
    expect(classifyWith(ending as never, undefined, bug, reporter)).toBe(outcome);
    expect(reports).toEqual([['classify', 'bug']]);
    expect(outcomeOf(ending as never)).toBe(outcome);
  });

  it('is classified by the ruling that an error carries rather than by the default', () => {
    const error = Object.assign(new Error(), { '@switchgear/ruling': { outcome: 'ignored' } satisfies Ruling });
    expect(classifyWith({ error }, () => undefined, outcomeOf, reporting().reporter)).toEqual({ outcome: 'ignored' });
  });

  it('is reported if the classifier returned something else', () => {
    const { reports, reporter } = reporting();
    expect(classifyWith({ value: 1 }, () => 'fine' as never, outcomeOf, reporter)).toBe('success');
    expect(reports).toEqual([
      ['classify', "Switchgear: the result of classify must be an outcome or a ruling, got 'fine'"],
    ]);
  });
});

describe('a signal', () => {
  it('that has aborted because time ran out means a failure of kind timeout', () => {
    const reason = new DOMException('late', 'TimeoutError');
    expect(outcomeOfAbort(AbortSignal.abort(reason))).toEqual({ outcome: 'failure', kind: 'timeout' });
  });

  it.each([undefined, null])('stops no call if it is %s', (signal) => {
    expect(stoppedBefore(signal)).toBe(undefined);
  });

  it('that is not a signal stops the call with an error that shows a valid one', () => {
    expect(stoppedBefore(5 as never)?.reason).toMatchObject({
      message: 'Switchgear: the signal must be an AbortSignal, got 5; for example new AbortController().signal',
    });
  });

  it('without a reason has one all the same', () => {
    expect(reasonOf({ aborted: true })).toMatchObject({ name: 'AbortError', message: 'This operation was aborted' });
  });
});

it('a call that is not a function is refused with an example', () => {
  expect(stoppedCall('fetch', undefined)?.reason).toMatchObject({
    message: "Switchgear: run must be given a function, got 'fetch'; for example run(() => fetch(url))",
  });
});
