import { PrismaPg } from '@prisma/adapter-pg';
import { getPrismaClient } from '@prisma/client/runtime/client';
import type pg from 'pg';

/** As much of Prisma's client as these tests use. */
export interface PrismaClient {
  readonly row: {
    create(query: { readonly data: { readonly n: number } }): Promise<{ readonly n: number }>;
    findMany(): Promise<readonly { readonly n: number }[]>;
    updateMany(query: { readonly where: object; readonly data: object }): Promise<{ readonly count: number }>;
  };
  $extends(extension: unknown): unknown;
  $transaction<T>(run: (transaction: PrismaClient) => Promise<T>): Promise<T>;
  $disconnect(): Promise<void>;
}

/**
 * Prisma's own client and query compiler for a table of numbers. `prisma generate` writes what is written out here, but
 * fetches a program that no package brings.
 */
export function prismaClient(pool: pg.Pool, table: string): PrismaClient {
  const Client = getPrismaClient({
    previewFeatures: [],
    clientVersion: '7.10.0',
    engineVersion: 'none',
    activeProvider: 'postgresql',
    inlineSchema: `datasource db {\n provider = "postgresql"\n}\nmodel Row {\n n Int @id\n @@map("${table}")\n}`,
    runtimeDataModel: {
      models: {
        Row: {
          fields: [{ name: 'n', kind: 'scalar', type: 'Int' } as never],
          dbName: table,
          schema: null,
          primaryKey: null,
          uniqueFields: [],
          uniqueIndexes: [],
        },
      },
      enums: {},
      types: {},
    },
    // A table of queries to be parametrised: none, an optimisation not made.
    parameterizationSchema: { strings: [], graph: 'AAAA' },
    compilerWasm: {
      getRuntime: () => import('@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs' as string),
      getQueryCompilerWasmModule: async () => {
        const module: string = '@prisma/client/runtime/query_compiler_fast_bg.postgresql.wasm-base64.mjs';
        const { wasm } = await import(module);
        return new WebAssembly.Module(Buffer.from(wasm, 'base64'));
      },
      importName: './query_compiler_fast_bg.js',
    },
  });
  // Sixteen wait for four clients, on machines that may be busy.
  const transactionOptions = { maxWait: 20_000, timeout: 20_000 };
  return new Client({ adapter: new PrismaPg(pool), transactionOptions } as never) as unknown as PrismaClient;
}
