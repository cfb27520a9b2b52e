import { afterAll, describe, expect, inject, it } from 'vitest';
import { kinds } from '../src/works-in/kinds.ts';
import { tryKind } from '../src/works-in/line.ts';
import { workshop } from '../src/works-in/workshop.ts';

const shop = workshop(inject('tarballs'));
afterAll(() => shop[Symbol.dispose]());

// `verify` tries every kind.
const corners = kinds.filter(({ corner }) => corner).map((kind) => [kind.name, kind] as const);

const HANGS = 15 * 60_000;

// Two at a time, because installing is waiting as much as work.
describe.concurrent.each(corners)('in a project of the kind %s', (_name, kind) => {
  it('the packages install, and work', { timeout: HANGS }, async ({ skip }) => {
    const { cells, errors, remarks } = await tryKind(kind, shop);
    expect(errors).toEqual([]);
    if (Object.values(cells).includes('not run')) skip(remarks.join('; '));
  });
});
