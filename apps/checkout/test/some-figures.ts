import type { Figures } from '../src/demo/measure/figures.ts';

/** One side's figures, with every promise just kept. */
export const someFigures: Figures = {
  offered: 1_000,
  confirmed: 500,
  queued: 400,
  drained: 400,
  paidByAlternative: 0,
  degraded: 0,
  refused: 100,
  failed: 0,
  lost: 0,
  chargedTwice: 0,
  callsToDeadService: 10,
  callsToPayments: 20,
  waitedMs: 1,
  noticedMs: 1,
  recoveredMs: 1,
  p50Ms: 1,
  p99Ms: 1,
  outageMeanMs: 60,
  outageP99Ms: 1_000,
  paidCents: 90_000,
  chargedCents: 90_000,
};
