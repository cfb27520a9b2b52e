import { type Breaker, type Clock, coarseClock, createBreaker } from '@switchgear/coarse-clock';

export const clock: Clock = coarseClock({ resolution: 50 });
export const breaker: Breaker = createBreaker({ name: 'search', clock });
