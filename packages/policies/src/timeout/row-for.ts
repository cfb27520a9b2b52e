import type { Millis } from '@switchgear/core';
import type { WaitingRow } from '../call/waiting.ts';
import { CoarseRow } from './coarse-timer.ts';
import { timersBelongToRequests } from './host.ts';
import { OwnTimers } from './own-timer.ts';

/** Where those wait who wait for so long, on this runtime. */
export function rowFor(limit: Millis): WaitingRow {
  return timersBelongToRequests() ? new OwnTimers(limit) : new CoarseRow(limit);
}
