import type { Millis } from '@switchgear/core';
import type { WaitingRow } from '../call/waiting.ts';
import { CoarseRow } from './coarse-timer.ts';
import { hostTime, isRuntimesOwn, timersBelongToRequests } from './host.ts';
import { OwnTimers } from './own-timer.ts';

/**
 * Where those wait who wait for so long, on this runtime. On a test's timers each has its own, to the millisecond: no timer
 * that calls share may be left on a clock that is gone.
 *
 * @param row where they have waited so far: still the right place, unless a test has replaced the timers since
 */
export function rowFor(limit: Millis, row: WaitingRow | undefined): WaitingRow {
  if (row?.isHere()) return row;
  const time = hostTime();
  const isShared = isRuntimesOwn(time) && !timersBelongToRequests();
  return isShared ? new CoarseRow(limit, time) : new OwnTimers(limit);
}
