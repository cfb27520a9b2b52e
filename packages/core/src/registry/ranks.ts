import { type Entry, Recency } from './entry.ts';
import { StaleQueue } from './stale-queue.ts';

/** A fifth of the places is reserved for closed circuits, and a fifth of theirs for new keys. */
const SHARE = 5;

/**
 * Decides which entry a full registry evicts. In this order, each group by last use:
 *
 * 1. circuits in trouble (open or half-open) long past their open period and not asked for since;
 * 2. closed circuits whose key was asked for once, and not again after other keys were;
 * 3. closed circuits that are in use;
 * 4. circuits in trouble whose key was asked for once, and not again since the trouble began: the nearest next attempt first;
 * 5. circuits in trouble that are in use;
 * 6. circuits whose mode an operator has changed.
 *
 * So neither new keys nor any number of failing ones evict entries in use. And neither circuits in trouble nor old keys
 * can fill the registry so far that a new key is evicted before it is asked for again: a share of the places is reserved
 * for closed circuits, and a share of those for new keys, unless the other entries are in use.
 */
export class Ranks {
  readonly #max: number = 0;
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

  /** Notes that an existing entry was asked for. Several requests in a row are one use. */
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

  /** Adds a new entry. */
  enter(entry: Entry): void {
    this.#note(entry);
    this.place(entry);
  }

  /** Places an entry that is new, or whose circuit has moved or changed its mode. */
  place(entry: Entry): void {
    this.#move(entry, this.#listOf(entry, false));
    noteTime(entry);
  }

  /** Removes an entry. */
  leave(entry: Entry): void {
    this.#move(entry, undefined);
    if (this.#latest === entry) this.#latest = undefined;
  }

  /** The entry to evict next. */
  next(): Entry | undefined {
    return (
      this.#unaskedStale.stale() ?? this.#askedStale.stale() ?? this.#overShare() ?? this.#closed() ?? this.#last()
    );
  }

  /** A circuit in trouble that is not in use, if such circuits have taken the places reserved for closed ones. */
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

  /**
   * The oldest entry of a list, if at least as many requests as there are places have been made since it was asked for.
   */
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

/** Notes the time for a circuit in trouble. For closed circuits the time is not needed, so the clock is not read. */
function noteTime(entry: Entry): void {
  if (entry.trouble) entry.trouble.askedAt = entry.circuit.now();
}
