/** What is used of the state of a Durable Object. */
export interface HubState {
  readonly storage: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
    list(options: { prefix: string }): Promise<Map<string, unknown>>;
  };
}

/** What is asked of a hub: one exchange of reports, or one operation of the register. */
export type HubQuestion =
  | readonly ['exchange', box: string, report: string, readTo: number, kept: number, mostBytes: number]
  | readonly ['read', prefix: string]
  | readonly ['swap', key: string, expected: string | null, value: string, ttl: number];

/** What is kept of a key: times in milliseconds of the object's clock. */
interface Entry {
  readonly version: number;
  readonly value: string;
  readonly at: number;
  readonly neededUntil: number;
}

interface Letter {
  readonly report: string;
  readonly at: number;
  readonly number: number;
}

/**
 * The Durable Object that reports and registers lie in. Export it from your Worker and bind it. Reports are kept in memory, the
 * register in storage. It needs neither RPC nor a date of compatibility.
 *
 * @example
 * ```ts
 * export { BreakerHub } from '@switchgear/sharing/durable-object';
 * ```
 */
export class BreakerHub {
  readonly #storage: HubState['storage'];
  readonly #letters = new Map<string, Letter>();
  #left = 0;

  /** Made by the runtime. */
  constructor(state: HubState) {
    this.#storage = state.storage;
  }

  /** Answers a driver. */
  async fetch(request: { json(): Promise<unknown> }): Promise<Response> {
    const question = (await request.json()) as HubQuestion;
    if (question[0] === 'exchange') return Response.json(this.#exchange(question));
    return Response.json(question[0] === 'read' ? await this.#read(question[1]) : await this.#swap(question));
  }

  /** Leaves a report, and reads on from where this reader was: `[readTo, [report, age], …]`. */
  #exchange([, box, report, readTo, kept, mostBytes]: HubQuestion & readonly ['exchange', ...unknown[]]): unknown[] {
    const now = Date.now();
    for (const [other, { at }] of this.#letters) if (now - at > kept) this.#letters.delete(other);
    // A box comes last again, so that the letters stay in the order they were left.
    this.#letters.delete(box);
    // Counted on from the clock, so that readers of an object that was evicted find the new letters newer.
    this.#left = Math.max(this.#left + 1, now * 1_000);
    this.#letters.set(box, { report, at: now, number: this.#left });
    const answer: unknown[] = [readTo];
    let bytes = 0;
    for (const [other, letter] of this.#letters) {
      if (letter.number <= readTo || bytes > mostBytes) continue;
      answer[0] = letter.number;
      if (other === box) continue;
      answer.push([letter.report, now - letter.at]);
      bytes += letter.report.length;
    }
    return answer;
  }

  async #read(prefix: string): Promise<unknown[]> {
    const found = (await this.#storage.list({ prefix: `key ${prefix}` })) as Map<string, Entry>;
    const now = Date.now();
    const needed = [...found].filter(([, { neededUntil }]) => neededUntil > now);
    return needed.map(([key, entry]) => [key.slice(4), ...told(entry, now)]);
  }

  /** Nothing else happens between the reading and the writing: the runtime lets no other event in. */
  async #swap([, key, expected, value, ttl]: HubQuestion & readonly ['swap', ...unknown[]]): Promise<unknown[]> {
    const before = (await this.#storage.get(`key ${key}`)) as Entry | undefined;
    const now = Date.now();
    const present = before && before.neededUntil > now ? before : undefined;
    if ((present ? String(present.version) : null) !== expected) return [false, present && told(present, now)];
    // Rises also where the object has moved to a machine whose clock is behind.
    const version = Math.max((before?.version ?? 0) + 1, now * 1_000);
    const entry: Entry = { version, value, at: now, neededUntil: now + ttl };
    await this.#storage.put(`key ${key}`, entry);
    return [true, told(entry, now)];
  }
}

/** An entry as it is sent: version, value, age. */
function told({ version, value, at }: Entry, now: number): [string, string, number] {
  return [String(version), value, Math.max(0, now - at)];
}
