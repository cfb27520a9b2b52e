import { describe, expect, it } from 'vitest';
import { ask, notify, reportTo } from '../../src/foreign/hook.ts';

/** Lets promises' handlers run: a few microtasks are enough, no timer is needed. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await undefined;
}

function observed() {
  const reports: unknown[] = [];
  return { reports, reporter: { report: (error: unknown, where: string) => void reports.push([error, where]) } };
}

const bug = new Error('bug');
const failing: readonly (readonly [string, () => unknown])[] = [
  ['throws', () => expect.fail('bug')],
  ['returns a promise that rejects', () => Promise.reject(bug)],
  ['is async and throws', async () => Promise.reject(bug)],
  // biome-ignore lint/suspicious/noThenProperty: that is what a thenable is
  ['returns a thenable that rejects', () => ({ then: (_: unknown, reject: (error: unknown) => void) => reject(bug) })],
  // biome-ignore lint/suspicious/noThenProperty: that is what a thenable is
  ['returns a thenable that throws', () => ({ then: () => expect.fail('bug') })],
];

describe('a hook of the user that', () => {
  it.each(failing)('%s is reported once under its name by notify', async (_what, hook) => {
    const { reports, reporter } = observed();
    notify('onChange', reporter, hook);
    await settled();
    expect(reports).toMatchObject([[{ message: 'bug' }, 'onChange']]);
  });

  it.each(failing)('%s returns undefined from ask, and is reported', async (_what, hook) => {
    const { reports, reporter } = observed();
    expect(ask('when', reporter, hook)).toBe(undefined);
    await settled();
    expect(reports).toContainEqual([expect.objectContaining({ message: 'bug' }), 'when']);
  });

  it('returns a promise has no result, because a promise is always truthy', () => {
    const { reports, reporter } = observed();
    expect(ask('when', reporter, async () => false)).toBe(undefined);
    expect(reports).toMatchObject([[{ message: 'when must return synchronously, got a promise' }, 'when']]);
  });

  it('returns a value has that value as its result', () => {
    const { reporter } = observed();
    for (const answer of [false, 0, null, undefined, { other: 1 }])
      expect(ask('when', reporter, () => answer)).toBe(answer);
  });

  it('gets the arguments', () => {
    const { reporter } = observed();
    expect(ask('when', reporter, (a: number, b: number) => a - b, 5, 3)).toBe(2);
  });

  it('is undefined is not called', () => {
    const { reports, reporter } = observed();
    notify('onChange', reporter, undefined, 1);
    expect(ask('when', reporter, undefined)).toBe(undefined);
    expect(reports).toEqual([]);
  });

  it.each(failing)('%s as onError has no effect', async (_what, hook) => {
    expect(() => reportTo(hook).report(bug, 'when')).not.toThrow();
    await settled();
  });
});
