import { afterEach, describe, expect, it } from 'vitest';
import { allSubjects } from '../src/subjects/all-subjects.ts';
import type { Guarded } from '../src/subjects/subject.ts';
import { open, RULE } from '../src/subjects/subject.ts';

const impatient = { ...RULE, openFor: 500, minimumCalls: 10, size: 20 };
const breakers = allSubjects.filter(({ kind }) => kind !== 'yardstick');
const closing: Guarded[] = [];

afterEach(() => {
  for (const { close } of closing.splice(0)) close?.();
});

function made(make: (typeof allSubjects)[number]['make']): Guarded {
  const guarded = make(impatient);
  closing.push(guarded);
  return guarded;
}

/** Whether a call is made. */
async function admits({ call }: Guarded): Promise<boolean> {
  let admitted = false;
  await call(async () => {
    admitted = true;
  }).catch(() => undefined);
  return admitted;
}

/** Calls repeatedly until a call is admitted. */
async function untilAdmitted(guarded: Guarded): Promise<void> {
  while (!(await admits(guarded))) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(allSubjects.map((each) => [each.name, each] as const))('%s', (_name, { make }) => {
  it('passes values and errors through', async () => {
    const { call } = made(make);
    const error = new Error('theirs');
    expect(await call(async () => 'answer')).toBe('answer');
    await expect(call(() => Promise.reject(error))).rejects.toBe(error);
  });
});

describe.each(breakers.map((each) => [each.name, each] as const))('%s', (_name, { make }) => {
  it('opens when calls fail, refuses, and recovers', async () => {
    const guarded = made(make);
    await open(guarded);
    expect(await admits(guarded)).toBe(false);
    await untilAdmitted(guarded);
    for (let i = 0; i < 5; i++) await untilAdmitted(guarded);
    for (let i = 0; i < 5; i++) expect(await admits(guarded)).toBe(true);
  });

  it('stays closed while calls succeed', async () => {
    const guarded = made(make);
    for (let i = 0; i < 200; i++) expect(await admits(guarded)).toBe(true);
  });
});

it('names are unlike each other', () => {
  expect(new Set(allSubjects.map(({ name }) => name)).size).toBe(allSubjects.length);
});
