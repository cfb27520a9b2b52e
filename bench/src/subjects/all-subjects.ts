import { alfred } from './alfred.ts';
import { consecutive, count, sampling } from './cockatiel.ts';
import { effect } from './effect.ts';
import { slidingCount, slidingTime } from './mollitia.ts';
import { withoutPercentiles, withPercentiles } from './opossum.ts';
import type { Subject } from './subject.ts';
import { adapting, adaptingCoarsely, coarse, counted, exact, exactFailures } from './switchgear.ts';
import { bare, observed } from './yardsticks.ts';

/** Ours, in the order of the tables. */
export const ours: readonly Subject[] = [exact, exactFailures, coarse, counted];

/** Ours that set their own times: they cannot be held open to be measured. */
export const adaptives: readonly Subject[] = [adapting, adaptingCoarsely];

/** Theirs. */
export const peers: readonly Subject[] = [sampling, count, consecutive, alfred, withPercentiles, withoutPercentiles];

/** Peers that are so slow and leave so much garbage that they would distort the measurements of others beside them. */
export const heavyPeers: readonly Subject[] = [slidingCount, slidingTime, effect];

/** What everything is compared with. */
export const yardsticks: readonly Subject[] = [bare, observed];

/** Every line of the tables. */
export const allSubjects: readonly Subject[] = [...yardsticks, ...ours, ...peers, ...heavyPeers];
