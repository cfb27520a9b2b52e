import {
  type Breaker,
  type Bus,
  createBreaker,
  localBus,
  type Register,
  type Sharing,
  share,
} from '@switchgear/sharing';
import { clusterBus } from '@switchgear/sharing/node';
import { postgresRegister } from '@switchgear/sharing/postgres';
import { redisMailbox } from '@switchgear/sharing/redis';
import pg from 'pg';
import { createClient } from 'redis';

export const breaker: Breaker = createBreaker({ name: 'search' });
export const bus: Bus = Math.random() < 0.5 ? localBus('channel') : clusterBus();
export const sharing: Sharing = share(breaker, { group: 'shop', bus, quorum: 2 });
export const isItUs: boolean = sharing.isItUs(breaker);
export const mailbox: Bus = redisMailbox(createClient());
export const register: Register = postgresRegister(new pg.Pool());
