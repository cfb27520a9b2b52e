import { invalid, read } from '@switchgear/core/adapter';
import type { Register, Written } from '../ports/register.ts';
import { storeFault } from '../store/fault.ts';

const DRIVER = 'natsRegister';

/** A connection to NATS: what a register uses of it. */
export interface NatsRequests {
  request(subject: string, question: string): Promise<{ string(): string }>;
}

/** A bucket of NATS's key-value store: what is used of it. */
export interface NatsBucket {
  create(key: string, value: string): Promise<number>;
  update(key: string, value: string, revision: number): Promise<number>;
  get(key: string): Promise<NatsEntry | null>;
  status(): Promise<{ readonly bucket: string }>;
  watch(): Promise<AsyncIterable<NatsEntry> & { stop(): void }>;
}

/** What is written in such a bucket. */
export interface NatsEntry {
  readonly key: string;
  readonly revision: number;
  readonly operation: string;
  string(): string;
}

/** What NATS answers about a stream. */
interface StreamInfo {
  readonly state?: { readonly subjects?: object };
  readonly error?: { readonly code: number; readonly description: string };
}

/** NATS's code for a revision that is not the last. */
const WRONG_LAST_SEQUENCE = 10071;

/**
 * A register in a bucket of NATS JetStream, which Raft keeps. It forgets nothing by itself, and an age is counted since a version
 * was first seen here, because servers before 2.11 keep no time for a key: a newcomer waits for a whole lease.
 *
 * @param connection of `@nats-io/transport-node` or another transport
 * @param bucket of `@nats-io/kv`: `await new Kvm(connection).create('breakers', { allow_direct: false })`. Without direct
 *   reads, because those of a replica may be old
 * @throws {TypeError} if these are not a connection and a bucket
 */
export function natsRegister(connection: NatsRequests, bucket: NatsBucket): Register {
  if (typeof Object(connection).request !== 'function')
    invalid(`${DRIVER} connection`, 'a connection to NATS', connection, "await connect() of '@nats-io/transport-node'");
  if (typeof Object(bucket).update !== 'function')
    invalid(`${DRIVER} bucket`, 'a bucket of NATS', bucket, "await new Kvm(connection).create('breakers')");
  const seen = new Map<string, { readonly version: string; readonly at: number }>();
  let bucketName: string | undefined;

  const writtenAt = (key: string, version: string, value: string): Written => {
    const now = performance.now();
    const last = seen.get(key);
    const at = last?.version === version ? last.at : now;
    seen.set(key, { version, at });
    return { version, value, age: now - at };
  };
  const entryOf = (entry: NatsEntry | null): Written | undefined =>
    entry?.operation === 'PUT' ? writtenAt(entry.key, String(entry.revision), entry.string()) : undefined;

  /** All keys, from what the stream counts: to list them by the bucket leaves a consumer there each time. */
  const keys = async (): Promise<string[]> => {
    bucketName ??= (await bucket.status()).bucket;
    const start = `$KV.${bucketName}.`;
    const question = JSON.stringify({ subjects_filter: `${start}>` });
    const answer = await connection.request(`$JS.API.STREAM.INFO.KV_${bucketName}`, question);
    const { state, error } = JSON.parse(answer.string()) as StreamInfo;
    if (error) throw new Error(`${error.description} (${error.code})`);
    return Object.keys(state?.subjects ?? {}).map((subject) => subject.slice(start.length));
  };

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
        const asked = (await keys()).filter((key) => nameOf(key).startsWith(prefix));
        const entries = await Promise.all(asked.map((key) => bucket.get(key)));
        const written = entries.map((entry, i) => [nameOf(asked[i] as string), entryOf(entry)] as const);
        return new Map(written.filter((each): each is [string, Written] => each[1] !== undefined));
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
