import { type Postgres, startPostgres } from '@switchgear/testkit/postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that all tests share; no test may stop or break it. */
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
