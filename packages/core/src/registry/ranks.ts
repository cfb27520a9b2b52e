import { type Entry, Recency } from './entry.ts';
import { StaleQueue } from './stale-queue.ts';

/** One place in this many is kept from circuits in trouble, and one in as many of the rest for keys that are new. */
const SHARE = 5;

/**
 * Which entry a full registry gives up. In this order, each by its last use:
 *
 * 1. circuits in trouble that are long past their time and have not been asked for since;
 * 2. closed ones whose key was asked for once, and no more after other keys were;
 * 3. closed ones that are in use;
 * 4. circuits in trouble whose key was asked for once, and no more since it is in trouble: the nearest its next attempt first;
 * 5. circuits in trouble that are in use;
 * 6. those whose mode an operator has changed.
 *
 * So neither new keys nor any number of failing ones push out what is in use. And neither circuits in trouble nor old keys
 * can fill the registry so that a new key is given up before it is asked for again: a share of the places is kept for
 * closed ones, and a share of those for new ones, as far as the others are not in use.
 */
export class Ranks {
  readonly #max: number;
  readonly #once = new Recency();
  readonly #regular = new Recency();
  readonly #unasked = new Recency();
  readonly #asked = new Recency();
  readonly #kept = new Recency();
  readonly #unaskedStale = new StaleQueue();
  readonly #askedStale = new StaleQueue();
  #requests = 0;
  #latest: Entry | undefined = undefined;

  constructor(max: number) {
    this.#max = max;
  }

  /** All entries, closed ones first. */
  all(): Entry[] {
    const all: Entry[] = [];
    for (const { oldest } of [this.#once, this.#regular, this.#unasked, this.#asked, this.#kept]) {
      for (let entry = oldest; entry; entry = entry.newer) all.push(entry);
    }
    return all;
  }

  /** A key was asked for, and its entry is there. Several requests in a row are one use. */
  request(entry: Entry): void {
    const isLatest = entry === this.#latest;
    if (!isLatest || entry.list === this.#unasked) {
      this.#note(entry);
      entry.returned ||= !isLatest;
      const list = this.#listOf(entry, true);
      if (list === entry.list) list.renew(entry);
      else this.#move(entry, list);
    }
    noteTime(entry);
  }

  /** An entry is new. */
  enter(entry: Entry): void {
    this.#note(entry);
    this.place(entry);
  }

  /** An entry is new, or its circuit has moved or changed its mode. */
  place(entry: Entry): void {
    this.#move(entry, this.#listOf(entry, false));
    noteTime(entry);
  }

  /** An entry is given up. */
  leave(entry: Entry): void {
    this.#move(entry, undefined);
    if (this.#latest === entry) this.#latest = undefined;
  }

  /** The entry to give up next. */
  next(): Entry | undefined {
    return (
      this.#unaskedStale.stale() ?? this.#askedStale.stale() ?? this.#overShare() ?? this.#closed() ?? this.#last()
    );
  }

  /** Where circuits in trouble have taken the places kept for closed ones: one of them that is not in use. */
  #overShare(): Entry | undefined {
    const closed = this.#once.size + this.#regular.size;
    if (closed > Math.floor(this.#max / SHARE)) return undefined;
    return this.#unaskedStale.first ?? this.#unused(this.#asked);
  }

  #closed(): Entry | undefined {
    const { size, oldest } = this.#once;
    const isNewShort = size * SHARE < size + this.#regular.size;
    return (isNewShort ? this.#unused(this.#regular) : undefined) ?? oldest ?? this.#regular.oldest;
  }

  #last(): Entry | undefined {
    return this.#unaskedStale.first ?? this.#asked.oldest ?? this.#kept.oldest;
  }

  /** The oldest of a list, if more requests have been made since it was asked for than there are places. */
  #unused({ oldest }: Recency): Entry | undefined {
    return oldest && this.#requests - oldest.asked >= this.#max ? oldest : undefined;
  }

  #note(entry: Entry): void {
    entry.asked = ++this.#requests;
    this.#latest = entry;
  }

  #listOf({ circuit, returned, list }: Entry, isRequest: boolean): Recency {
    if (circuit.mode !== 'active') return this.#kept;
    if (circuit.current.phase === 'closed') return returned ? this.#regular : this.#once;
    return returned || isRequest || list === this.#asked ? this.#asked : this.#unasked;
  }

  #move(entry: Entry, list: Recency | undefined): void {
    this.#queueOf(entry.list)?.remove(entry);
    entry.list?.remove(entry);
    list?.add(entry);
    this.#queueOf(list)?.add(entry);
  }

  #queueOf(list: Recency | undefined): StaleQueue | undefined {
    if (list === this.#unasked) return this.#unaskedStale;
    return list === this.#asked ? this.#askedStale : undefined;
  }
}

/** For a circuit in trouble, when it was last asked for or moved. Closed ones need no time, and so no clock is read. */
function noteTime(entry: Entry): void {
  if (entry.trouble) entry.trouble.askedAt = entry.circuit.now();
}
