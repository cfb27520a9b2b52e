import { type FaultProxy, faultProxy } from '@switchgear/testkit';
import { type PgBouncer, pgBouncerOrSkip, startPgBouncer } from '@switchgear/testkit/pgbouncer';
import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';

/** A server of few connections, with what may stand before it. */
export interface Environment {
  readonly postgres: Postgres;
  readonly proxy: FaultProxy;

  /** `undefined` if none is installed, which has been printed. */
  readonly bouncer: PgBouncer | undefined;
  stop(): Promise<void>;
}

/** How many connections the server takes. */
export const CONNECTIONS = 20;

/** In seconds: soon, so that PgBouncer's own patience does not blur the picture. */
const BOUNCER = { query_wait_timeout: 0.3, server_login_retry: 0.1 };

/** Starts it all on loopback. */
export async function startEnvironment(): Promise<Environment> {
  const executable = pgBouncerOrSkip();
  const postgres = await startPostgres({
    settings: { max_connections: CONNECTIONS, superuser_reserved_connections: 0 },
  });
  const proxy = await faultProxy({ port: postgres.port });
  const bouncer =
    executable === undefined
      ? undefined
      : await startPgBouncer({ executable, server: postgres.port, settings: BOUNCER });
  const stop = async () => {
    await bouncer?.stop();
    await proxy.close();
    await postgres.stop();
  };
  return { postgres, proxy, bouncer, stop };
}
