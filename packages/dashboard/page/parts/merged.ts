/** Something told in one sentence. */
interface Told {
  readonly at: number;
  readonly says: string;
}

/** One of those that are told by the same sentence, with how many there are. */
export type Merged<T> = T & {
  readonly times: number;

  /** When the first of them was; `at` is when the last was. */
  readonly from: number;
};

/** Merges what is told by the same sentence, so that each sentence is shown once. Newest first, as given. */
export function merged<T extends Told>(all: readonly T[]): Merged<T>[] {
  const groups = new Map<string, Merged<T>>();
  for (const each of all) {
    const known = groups.get(each.says);
    if (known) groups.set(each.says, { ...known, times: known.times + 1, from: Math.min(known.from, each.at) });
    else groups.set(each.says, { ...each, times: 1, from: each.at });
  }
  return [...groups.values()];
}
