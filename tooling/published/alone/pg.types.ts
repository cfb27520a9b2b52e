import { createBreaker, protectPool } from '@switchgear/pg';
import pg from 'pg';

const pool = new pg.Pool();
export const protection: { eject(): void } = protectPool(pool, { breaker: createBreaker({ name: 'orders-db' }) });
