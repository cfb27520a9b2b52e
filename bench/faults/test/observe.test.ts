import { expect, it } from 'vitest';
import { observe } from '../src/observe.ts';
import { themes } from '../src/themes.ts';

const known = themes.flatMap((theme) => theme.faults).find(({ program }) => program === 'opossum/first-failure-opens');

it('a fault is seen by what its program prints, and by nothing else', async () => {
  if (!known) throw new Error('no such fault');
  expect(await observe(known)).toMatchObject({ seen: true, printed: 'after 1 call the circuit is open' });
  expect(await observe({ ...known, shows: /the circuit is closed/ })).toMatchObject({ seen: false });
  expect(await observe({ ...known, program: 'opossum/no-such-program' })).toMatchObject({ seen: false });
});
