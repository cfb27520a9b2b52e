import type { Operation } from './operation.ts';
import type { RegisterUnderTest, SwappedUnderTest, WrittenUnderTest } from './register-under-test.ts';

/** An operation without an answer after this many milliseconds gets none: its client may have lost it. */
const PATIENCE = 3_000;
/** Milliseconds for which values are needed: longer than any test. */
const TTL = 600_000;

/** What is recorded. */
export interface Recording {
  /** How many swaps of each member are answered at least, after what happens meanwhile. */
  readonly swaps: number;

  /** Happens while the members swap, such as the end of the server and its return. */
  readonly meanwhile?: (() => Promise<unknown>) | undefined;

  /**
   * Instants that all members share. Members in several processes need a clock of the machine.
   *
   * @default a counter
   */
  readonly now?: () => number;

  /**
   * The first part of the values that are written, another for each process.
   *
   * @default ''
   */
  readonly prefix?: string;
}

/**
 * Lets members swap one key of a register all at once, and records what they were told. Each value is written once.
 *
 * @param members a register for each, with a connection of its own; the same register twice is the same member twice
 * @param key where nothing is written yet
 */
export async function recordHistory(
  members: readonly RegisterUnderTest[],
  key: string,
  { swaps, meanwhile, now = counter(), prefix = '' }: Recording,
): Promise<Operation[]> {
  const history: Operation[] = [];
  let isOver = false;
  const swapping = members.map(async (register, member) => {
    const recorder = new Recorder(register, key, history, now);
    let next = 0;
    for (let left = swaps; left > 0; ) {
      const isAnswered = await recorder.swap(`${prefix}${member}.${next++}`);
      if (isOver && isAnswered) left--;
      // Leaves the machine some time, and the order of the members to chance.
      await pause(0);
    }
  });
  try {
    await meanwhile?.();
  } finally {
    isOver = true;
    await Promise.all(swapping);
  }
  return history;
}

/** One member: it reads, and swaps what it has read, or what the last swap told it. */
class Recorder {
  readonly #register: RegisterUnderTest;
  readonly #key: string;
  readonly #history: Operation[];
  readonly #now: () => number;
  #last: WrittenUnderTest | undefined;
  #isSure = false;

  constructor(register: RegisterUnderTest, key: string, history: Operation[], now: () => number) {
    this.#register = register;
    this.#key = key;
    this.#history = history;
    this.#now = now;
  }

  /** @returns whether there was an answer */
  async swap(to: string): Promise<boolean> {
    if (!this.#isSure) await this.#read();
    if (!this.#isSure) return false;
    const last = this.#last;
    const swap = { from: last?.value, to };
    const called = this.#now();
    const answer = await answerOf(() => this.#register.swap(this.#key, last?.version, to, TTL));
    this.#take({ called, swap }, answer, answer?.now);
    // After a win it reads anew, so that there are reads in the history too.
    if (answer?.won) this.#isSure = false;
    return answer !== undefined;
  }

  async #read(): Promise<void> {
    const called = this.#now();
    const found = await answerOf(() => this.#register.read(this.#key));
    this.#take({ called }, found, found?.get(this.#key));
  }

  #take(
    asked: Pick<Operation, 'called' | 'swap'>,
    answer: Partial<SwappedUnderTest> | object | undefined,
    now: WrittenUnderTest | undefined,
  ): void {
    this.#isSure = answer !== undefined;
    this.#last = now;
    const won = answer && 'won' in answer ? { won: answer.won === true } : {};
    const seen = now && { version: now.version, value: now.value };
    this.#history.push({ ...asked, answered: answer ? this.#now() : Infinity, ...won, now: seen });
  }
}

/** The answer, or undefined if there is none. */
async function answerOf<Answer>(ask: () => PromiseLike<Answer>): Promise<Answer | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    await pause(10);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function counter(): () => number {
  let count = 0;
  return () => count++;
}
