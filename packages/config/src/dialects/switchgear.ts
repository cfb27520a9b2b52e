import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import { breakerShape, fileShape, optionNames } from '../own/breaker-shape.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { byName } from '../schema/compound.ts';
import type { Dialect } from './dialect.ts';

/** Files of our own: `breakers` by name, or just the breakers. */
export const switchgear: Dialect = {
  name: 'switchgear',
  title: 'settings of Switchgear',
  fits: (root) => isOurs(root) || isBare(root),
  read(documents, account): FileData {
    let defaults: BreakerData | undefined;
    const breakers: Record<string, BreakerData> = {};
    for (const root of documents) {
      const part = readFile(root, account);
      for (const name of Object.keys(part.breakers)) {
        const place = (root.entries?.get('breakers') ?? root).entries?.get(name);
        if (Object.hasOwn(breakers, name) && place)
          account.problem(place, `${name} is in an earlier document too`, place.keyAt);
      }
      const again = defaults && root.entries?.get('defaults');
      if (again) account.problem(again, 'defaults are in an earlier document too', again.keyAt);
      defaults ??= part.defaults;
      Object.assign(breakers, part.breakers);
    }
    return { ...(defaults && { defaults }), breakers };
  },
};

function readFile(root: Place, account: Account): FileData {
  if (isBare(root)) return { breakers: byName(breakerShape()).read(root, account) ?? {} };
  const { defaults, breakers = {} } = fileShape().read(withoutExtras(root, account), account) ?? { breakers: {} };
  return { ...(defaults && { defaults }), breakers };
}

/** Keys that begin with `x-` hold what anchors refer to, as in files of Docker Compose. */
function withoutExtras(root: Place, account: Account): Place {
  const entries = new Map<string, Place>();
  for (const [key, place] of root.entries ?? []) {
    if (key.startsWith('x-'))
      account.note(place, 'not carried', 'a key that begins with x- only holds what anchors refer to');
    else entries.set(key, place);
  }
  return root.entries ? { ...root, entries } : root;
}

/** Breakers by name without `breakers` around them: each a map with an option of ours. */
function isBare(root: Place): boolean {
  const parts = [...(root.entries?.values() ?? [])];
  const isBreaker = (place: Place) => keysOf(place).some((key) => optionNames().includes(key));
  return (
    !keysOf(root).includes('breakers') &&
    parts.length > 0 &&
    parts.every(({ entries }) => entries) &&
    parts.some(isBreaker)
  );
}

/** Whether a document says that it is ours. */
export function isOurs(root: Place): boolean {
  return keysOf(root).some((key) => key === 'breakers' || key === 'defaults');
}

function keysOf(place: Place): readonly string[] {
  return [...(place.entries?.keys() ?? [])];
}
