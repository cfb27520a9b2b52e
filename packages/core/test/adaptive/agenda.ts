/** What is to happen and when: taken out in the order of time, and of two at the same time the earlier entry first. */
export class Agenda {
  readonly #entries: { readonly at: number; readonly order: number; readonly happens: () => void }[] = [];
  #order = 0;

  add(at: number, happens: () => void): void {
    const entries = this.#entries;
    const entry = { at, order: this.#order++, happens };
    let place = entries.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, entries[above] as typeof entry)) break;
      entries[place] = entries[above] as typeof entry;
      place = above;
    }
    entries[place] = entry;
  }

  /** Takes out the next entry, if there is one before this time. */
  next(before: number): { readonly at: number; readonly happens: () => void } | undefined {
    const entries = this.#entries;
    const first = entries[0];
    if (first === undefined || first.at >= before) return undefined;
    const last = entries.pop() as typeof first;
    if (entries.length === 0) return first;
    let place = 0;
    for (let below = 1; below < entries.length; below = 2 * place + 1) {
      const other = entries[below + 1];
      if (other && isBefore(other, entries[below] as typeof first)) below++;
      if (!isBefore(entries[below] as typeof first, last)) break;
      entries[place] = entries[below] as typeof first;
      place = below;
    }
    entries[place] = last;
    return first;
  }
}

interface Timed {
  readonly at: number;
  readonly order: number;
}

function isBefore(one: Timed, other: Timed): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
