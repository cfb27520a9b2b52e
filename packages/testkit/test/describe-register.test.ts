import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import {
  describeRegister,
  type RegisterTests,
  type RegisterUnderTest,
  type TestRunner,
  type WrittenUnderTest,
} from '../src/index.ts';

type Entry = WrittenUnderTest & { readonly at: number };

/** The smallest register there can be, in which a test can change what is wrong. It never forgets. */
class Smallest implements RegisterUnderTest {
  readonly entries = new Map<string, Entry>();
  readonly watchers = new Set<(key: string) => void>();
  writings = 0;

  at(key: string): WrittenUnderTest | undefined {
    const entry = this.entries.get(key);
    return entry && { ...entry, age: performance.now() - entry.at };
  }

  async read(prefix: string) {
    const keys = [...this.entries.keys()].filter((key) => key.startsWith(prefix));
    return new Map(keys.map((key) => [key, this.at(key) as WrittenUnderTest]));
  }

  async swap(key: string, expected: string | undefined, value: string, _ttl: number) {
    if (this.at(key)?.version !== expected) return { won: false, now: this.at(key) };
    return this.write(key, value);
  }

  write(key: string, value: string, version: string = String(++this.writings)) {
    this.entries.set(key, { version, value, age: 0, at: performance.now() });
    for (const tell of this.watchers) tell(key);
    return { won: true, now: this.at(key) };
  }

  watch(prefix: string, changed: (key: string, written: WrittenUnderTest | undefined) => void): () => void {
    const tell = (key: string) => key.startsWith(prefix) && changed(key, this.at(key));
    this.watchers.add(tell);
    return () => this.watchers.delete(tell);
  }
}

const smallest = new Smallest();
describeRegister('a map', () => smallest, vitest);

/** The rules that a register breaks. */
async function brokenBy(make: () => RegisterUnderTest, tests?: RegisterTests): Promise<string[]> {
  const all: [string, () => Promise<void>][] = [];
  const runner: TestRunner = {
    describe: (_, define) => define(),
    it: (name, test) => all.push([name, test]),
  };
  describeRegister('broken', make, runner, tests);
  const broken: string[] = [];
  for (const [name, test] of all) await test().catch(() => broken.push(name));
  return broken;
}

const AS_ONE = 'answers several members as if one after the other';

describe('a register that breaks a rule', () => {
  it('is found if it reads, then writes, and others come between', async () => {
    const one = new Smallest();
    one.swap = async (key, expected, value) => {
      if (one.at(key)?.version !== expected) return { won: false, now: one.at(key) };
      await new Promise(setImmediate);
      return one.write(key, value);
    };
    expect(await brokenBy(() => one)).toEqual([AS_ONE]);
  });

  it('is found if its members read what they remember', async () => {
    const one = new Smallest();
    const make = () => {
      let remembered: ReturnType<Smallest['read']> | undefined;
      let reads = 0;
      const member = Object.assign(new Smallest(), { entries: one.entries, watchers: one.watchers });
      member.write = one.write.bind(one);
      // Reads of another key are fresh, so that only the history can tell.
      member.read = (prefix) => {
        if (reads++ % 5 === 0 || !remembered) remembered = one.read(prefix);
        return remembered;
      };
      return member;
    };
    expect(await brokenBy(make)).toContain(AS_ONE);
  });

  it('is found if it repeats a swap whose answer was lost', async () => {
    const one = new Smallest();
    let isBroken = false;
    const swap = one.swap.bind(one);
    one.swap = async (...what) => {
      await new Promise(setImmediate);
      const answer = await swap(...what);
      return isBroken ? swap(...what) : answer;
    };
    const meanwhile = {
      async 'answers get lost'() {
        isBroken = true;
        await new Promise((resolve) => setTimeout(resolve, 50));
        isBroken = false;
      },
    };
    expect(await brokenBy(() => one, { meanwhile })).toEqual([`${AS_ONE} while answers get lost`]);
  });

  it('is found if its server forgets what it has confirmed', async () => {
    const one = new Smallest();
    const meanwhile = {
      async 'it starts again'() {
        await new Promise((resolve) => setTimeout(resolve, 50));
        one.entries.clear();
      },
    };
    expect(await brokenBy(() => one, { meanwhile })).toEqual([`${AS_ONE} while it starts again`]);
  });

  it('is found if versions come again', async () => {
    const one = new Smallest();
    const write = one.write.bind(one);
    one.write = (key, value) => write(key, value, value);
    expect(await brokenBy(() => one)).toEqual(['gives each writing another version, also if the value is the same']);
  });

  it('is found if a forgotten key begins again with the first version', async () => {
    const one = new Smallest();
    const { write, swap } = { write: one.write.bind(one), swap: one.swap.bind(one) };
    one.write = (key, value) => write(key, value, String(Number(one.at(key)?.version ?? 0) + 1));
    one.swap = (key, expected, value, ttl) => {
      if (ttl === 20) setTimeout(() => one.entries.delete(key), ttl);
      return swap(key, expected, value, ttl);
    };
    expect(await brokenBy(() => one)).toEqual(['gives no version again after it has forgotten a key']);
  });

  it('is found if a watcher that has stopped still hears', async () => {
    const one = new Smallest();
    const watch = one.watch.bind(one);
    one.watch = (...what) => {
      watch(...what);
      return () => {};
    };
    expect(await brokenBy(() => one)).toEqual([
      'tells a watcher of changes by others until it stops watching, if it can be watched',
    ]);
  });

  it('is found if an age stands for more than its version', async () => {
    const one = new Smallest();
    const began = performance.now();
    const at = one.at.bind(one);
    one.at = (key) => {
      const written = at(key);
      return written && { ...written, age: performance.now() - began };
    };
    expect(await brokenBy(() => one)).toEqual([
      'says an age that grows while a version stands, and begins anew with the next',
    ]);
  });
});
