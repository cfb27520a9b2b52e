import { coarseClock } from '@switchgear/coarse-clock';
import { type Breaker, type Clock, createBreaker } from '@switchgear/core';

export const clock: Clock = coarseClock({ resolution: 50 });
export const breaker: Breaker = createBreaker({ name: 'search', clock });
