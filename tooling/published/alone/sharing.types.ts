import { type Breaker, type Bus, createBreaker, localBus, type Sharing, share } from '@switchgear/sharing';
import { clusterBus } from '@switchgear/sharing/node';

export const breaker: Breaker = createBreaker({ name: 'search' });
export const bus: Bus = Math.random() < 0.5 ? localBus('channel') : clusterBus();
export const sharing: Sharing = share(breaker, { group: 'shop', bus, quorum: 2 });
export const isItUs: boolean = sharing.isItUs(breaker);
