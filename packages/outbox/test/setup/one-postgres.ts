import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that every test may use and none may hurt. */
    url: string;
  }
}

let postgres: Postgres;

/** Starts one server for all test files. */
export async function setup(project: TestProject): Promise<void> {
  postgres = await startPostgres();
  project.provide('url', postgres.url);
}

/** Leaves nothing behind. */
export async function teardown(): Promise<void> {
  await postgres.stop();
}
