import { afterAll, describe, expect, inject, it } from 'vitest';
import { kinds } from '../src/works-in/kinds.ts';
import { tryKind } from '../src/works-in/line.ts';
import { workshop } from '../src/works-in/workshop.ts';

const shop = workshop(inject('tarballs'));
afterAll(() => shop[Symbol.dispose]());

// `verify` tries every kind.
const corners = kinds.filter(({ corner }) => corner).map((kind) => [kind.name, kind] as const);

describe.each(corners)('in a project of the kind %s', (_name, kind) => {
  it('the packages install, and work', async ({ skip }) => {
    const { cells, errors, remarks } = await tryKind(kind, shop);
    if (Object.values(cells).includes('not run')) skip(remarks.join('; '));
    expect(errors).toEqual([]);
  });
});
