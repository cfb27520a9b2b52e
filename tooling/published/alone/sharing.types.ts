import {
  type Breaker,
  type Bus,
  createBreaker,
  localBus,
  type Register,
  type Sharing,
  share,
} from '@switchgear/sharing';
import { BreakerHub, type HubNamespace, hubMailbox } from '@switchgear/sharing/durable-object';
import { natsBus } from '@switchgear/sharing/nats';
import { clusterBus } from '@switchgear/sharing/node';
import { postgresRegister } from '@switchgear/sharing/postgres';
import { redisMailbox } from '@switchgear/sharing/redis';

export const breaker: Breaker = createBreaker({ name: 'search' });
export const bus: Bus = Math.random() < 0.5 ? localBus('channel') : clusterBus();
export const sharing: Sharing = share(breaker, { group: 'shop', bus, quorum: 2 });
export const isItUs: boolean = sharing.isItUs(breaker);
export const mailbox: Bus = redisMailbox({ eval: async () => [] });
export const register: Register = postgresRegister({ query: async () => [] });
export const overNats = (connection: Parameters<typeof natsBus>[0]): Bus => natsBus(connection);
export const overHub = (namespace: HubNamespace): Bus => hubMailbox(namespace);
export class Hub extends BreakerHub {}
