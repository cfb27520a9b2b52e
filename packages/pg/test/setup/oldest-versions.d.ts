/** The oldest supported version, installed under an alias. */
declare module 'pg-8.11' {
  export { default } from 'pg';
}

/** The pool that came with it. */
declare module 'pg-pool-3.6' {
  import type { Client, ClientConfig, Pool, PoolConfig } from 'pg';

  const OldestPool: new <C extends Client>(options?: PoolConfig, client?: new (config?: ClientConfig) => C) => Pool;

  export = OldestPool;
}
