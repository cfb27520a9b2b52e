export { postgresBus } from './postgres-bus.ts';
export type { PgClient, PgPool, PostgresJs, PostgresQueries, Row } from './postgres-client.ts';
export { postgresMailbox } from './postgres-mailbox.ts';
export { postgresRegister } from './postgres-register.ts';
