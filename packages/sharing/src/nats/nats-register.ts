import { invalid, read } from '@switchgear/core/adapter';
import type { Register, Written } from '../ports/register.ts';
import { storeFault } from '../store/fault.ts';

const DRIVER = 'natsRegister';

/** A bucket of NATS's key-value store: what is used of it. */
export interface NatsBucket {
  create(key: string, value: string): Promise<number>;
  update(key: string, value: string, revision: number): Promise<number>;
  get(key: string): Promise<NatsEntry | null>;
  history(): Promise<AsyncIterable<NatsEntry>>;
  watch(): Promise<AsyncIterable<NatsEntry> & { stop(): void }>;
}

/** What is written in such a bucket. */
export interface NatsEntry {
  readonly key: string;
  readonly revision: number;
  readonly operation: string;
  string(): string;
}

/** NATS's code for a revision that is not the last. */
const WRONG_LAST_SEQUENCE = 10071;

/**
 * A register in a bucket of NATS JetStream, which Raft keeps. It forgets nothing by itself, and an age is counted since a version
 * was first seen here, because servers before 2.11 keep no time for a key: a newcomer waits for a whole lease.
 *
 * @param bucket of `@nats-io/kv`: `await new Kvm(connection).create('breakers', { allow_direct: false })`. Without direct
 *   reads, because those of a replica may be old
 * @throws {TypeError} if this is not a bucket
 */
export function natsRegister(bucket: NatsBucket): Register {
  if (typeof Object(bucket).update !== 'function')
    invalid(`${DRIVER} bucket`, 'a bucket of NATS', bucket, "await new Kvm(connection).create('breakers')");
  const seen = new Map<string, { readonly version: string; readonly at: number }>();

  const writtenAt = (key: string, version: string, value: string): Written => {
    const now = performance.now();
    const last = seen.get(key);
    const at = last?.version === version ? last.at : now;
    seen.set(key, { version, at });
    return { version, value, age: now - at };
  };
  const entryOf = (entry: NatsEntry | null): Written | undefined =>
    entry?.operation === 'PUT' ? writtenAt(entry.key, String(entry.revision), entry.string()) : undefined;

  /** @returns the revision, or undefined if another one is the last */
  const write = async (key: string, expected: string | undefined, value: string): Promise<number | undefined> => {
    try {
      return await (expected === undefined ? bucket.create(key, value) : bucket.update(key, value, Number(expected)));
    } catch (error) {
      if (read(error, 'code') === WRONG_LAST_SEQUENCE) return undefined;
      throw error;
    }
  };

  return {
    async read(prefix) {
      try {
        const found = new Map<string, Written>();
        for await (const entry of await bucket.history()) {
          const [key, written] = [nameOf(entry.key), entryOf(entry)];
          if (written && key.startsWith(prefix)) found.set(key, written);
        }
        return found;
      } catch (error) {
        throw storeFault(DRIVER, 'read', error);
      }
    },

    async swap(name, expected, value) {
      const key = keyOf(name);
      try {
        const revision = await write(key, expected, value);
        if (revision !== undefined) return { won: true, now: writtenAt(key, String(revision), value) };
        return { won: false, now: entryOf(await bucket.get(key)) };
      } catch (error) {
        throw storeFault(DRIVER, 'swap', error);
      }
    },

    watch(prefix, changed) {
      let stop = (): void => {};
      let isOver = false;
      const follow = async (): Promise<void> => {
        const entries = await bucket.watch();
        stop = () => entries.stop();
        if (isOver) stop();
        for await (const entry of entries) {
          const key = nameOf(entry.key);
          if (!isOver && key.startsWith(prefix)) changed(key, entryOf(entry));
        }
      };
      // It is read from time to time too, which tells what is wrong.
      follow().catch(() => {});
      return () => {
        isOver = true;
        stop();
      };
    },
  };
}

/** A key of NATS has few characters: base64url keeps any name in them. */
function keyOf(name: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(name));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The name that a key stands for; '' if somebody else has made it. */
function nameOf(key: string): string {
  try {
    const bytes = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}
