import type { Millis } from '@switchgear/core';
import { CoarseRow } from './coarse-timer.ts';
import { timersBelongToRequests } from './host.ts';
import { OwnTimers } from './own-timer.ts';
import type { WaitingRow } from './waiting.ts';

/** Where those wait who wait for so long, on this runtime. */
export function rowFor(limit: Millis): WaitingRow {
  return timersBelongToRequests() ? new OwnTimers(limit) : new CoarseRow(limit);
}
