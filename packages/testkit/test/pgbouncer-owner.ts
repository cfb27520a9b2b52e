import { startPgBouncer } from '../servers/pgbouncer/index.ts';

/** A process that starts a PgBouncer, says where it lives, and waits to be killed. */
const [executable = '', server] = process.argv.slice(2);
const { port, home } = await startPgBouncer({ executable, server: Number(server) });
process.stdout.write(JSON.stringify({ port, home }));
setInterval(() => undefined, 60_000);
