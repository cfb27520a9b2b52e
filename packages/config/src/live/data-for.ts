import type { Settings } from '../load/settings.ts';
import { type BreakerData, laidOver } from '../own/data.ts';

/** What settings say about a key, with what they say about all keys. */
export function dataFor({ data, entryFor }: Settings, key: string): BreakerData {
  const entry = entryFor(key);
  return laidOver(data.defaults, entry === undefined ? {} : data.breakers[entry]);
}
