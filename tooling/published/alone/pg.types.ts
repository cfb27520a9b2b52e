import { createBreaker, protectPool } from '@switchgear/pg';
import { type ProtectedReplicas, protectReplicas } from '@switchgear/pg/replicas';
import pg from 'pg';

const pool = new pg.Pool();
export const protection: { eject(): void } = protectPool(pool, { breaker: createBreaker({ name: 'orders-db' }) });
export const database: ProtectedReplicas<pg.Pool> = protectReplicas({
  name: 'orders',
  primary: pool,
  replicas: [new pg.Pool(), { pool: new pg.Pool(), id: 'far', zone: 'b' }],
  maxLag: 5_000,
});
