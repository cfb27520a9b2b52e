import { startPostgres } from '../servers/postgres/index.ts';

/** A process that starts a server, says where it runs, and waits to be killed. */
const { pid } = await startPostgres();
process.stdout.write(`${pid}\n`);
setInterval(() => undefined, 60_000);
