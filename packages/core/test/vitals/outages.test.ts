import { describe, expect, it } from 'vitest';
import { Outages } from '../../src/vitals/outages.ts';

/** An outage that the circuit notices at 0 and that lasts for so long; each gap is one before a success meanwhile. */
function after(lasted: number, gaps: readonly number[]): Outages {
  const outages = new Outages();
  outages.moved('open', 0);
  outages.moved('half-open', lasted);
  for (const gap of gaps) outages.succeeded(gap, false);
  outages.moved('closed', lasted);
  return outages;
}

describe('patience', () => {
  it('is one and a half times as long as callers were not served, if that was less than a second', () => {
    expect(after(500, [999]).patience(500)).toBe(1_498.5);
    expect(after(500, [200, 300, 20]).patience(500)).toBe(450);
    expect(after(500, [1_000]).patience(500)).toBe(0);
    expect(after(500, [999, 1_001]).patience(500)).toBe(0);
  });

  it('is 0 before the first outage, and ten minutes after the last', () => {
    expect(new Outages().patience(0)).toBe(0);
    const outages = after(500, [400]);
    expect([600_499, 600_500].map((at) => outages.patience(at))).toEqual([600, 0]);
  });

  it('is that after the last outage, whether it was a blip or not', () => {
    const outages = after(500, [400]);
    outages.moved('open', 10_000);
    outages.succeeded(60_000, false);
    outages.moved('closed', 70_000);
    expect(outages.patience(70_000)).toBe(0);
    outages.moved('open', 80_000);
    outages.succeeded(100, false);
    outages.moved('half-open', 80_100);
    outages.moved('open', 80_200);
    outages.succeeded(300, false);
    outages.moved('closed', 80_500);
    expect(outages.patience(80_500)).toBe(450);
  });

  it('does not change when the circuit goes half-open straight from closed, because callers are served then', () => {
    const outages = after(500, [400]);
    outages.moved('half-open', 10_000);
    outages.succeeded(5_000, false);
    outages.moved('closed', 20_000);
    expect(outages.patience(20_000)).toBe(600);
  });

  it('counts only gaps that end after the opening', () => {
    const outages = new Outages();
    outages.succeeded(900, false);
    outages.moved('open', 0);
    outages.succeeded(100, false);
    outages.moved('closed', 100);
    outages.succeeded(900, false);
    expect(outages.patience(1_000)).toBe(150);
  });
});

describe('pause patience', () => {
  it('is that for a blip after which calls from before were answered; calls that hang are no pause', () => {
    expect(after(500, [400]).pausePatience(500)).toBe(0);
    const paused = after(500, []);
    for (const gap of [400, 1_000]) {
      paused.moved('open', 10_000);
      paused.succeeded(gap, true);
      paused.succeeded(20, false);
      paused.moved('closed', 10_500);
      expect(paused.pausePatience(10_500)).toBe(gap === 400 ? 600 : 0);
    }
    paused.moved('open', 20_000);
    paused.succeeded(400, false);
    paused.moved('closed', 20_400);
    expect(paused.pausePatience(20_400)).toBe(0);
  });

  it('is 0 before the first outage, and ten minutes after the last', () => {
    expect(new Outages().pausePatience(0)).toBe(0);
    const outages = new Outages();
    outages.moved('open', 0);
    outages.succeeded(400, true);
    outages.moved('closed', 500);
    expect([600_499, 600_500].map((at) => outages.pausePatience(at))).toEqual([600, 0]);
  });
});

describe('surge patience', () => {
  /** Overloads that follow a calm, each from its start to its end. */
  function overloads(...times: readonly (readonly [from: number, to: number])[]): Outages {
    const outages = new Outages();
    for (const [from, to] of times) {
      outages.moved('half-open', from);
      outages.moved('closed', to);
    }
    return outages;
  }
  /** Long after an overload, so that the next one is no relapse; and short after it. */
  const LATER = 60_000;

  it('is one and a half times as long as a short overload lasted', () => {
    expect(overloads([0, 400]).surgePatience(400 + LATER)).toBe(600);
    expect(overloads([0, 5_000]).surgePatience(5_000 + LATER)).toBe(0);
  });

  it('is 0 before the first one, right after one, and after an outage', () => {
    expect(new Outages().surgePatience(0)).toBe(0);
    expect(overloads([0, 400]).surgePatience(1_000)).toBe(0);
    expect(after(400, [400]).surgePatience(400 + LATER)).toBe(0);
  });

  it('counts what was waited for before, and is never longer than four and a half seconds', () => {
    expect(overloads([0, 400], [LATER, LATER + 100]).surgePatience(3 * LATER)).toBe(1.5 * (100 + 600));
    expect(overloads([0, 2_900], [LATER, LATER + 2_900]).surgePatience(3 * LATER)).toBe(4_500);
  });

  it('stays for days, because some services have a surge an hour, until an overload lasts for five seconds', () => {
    const days = 3 * 24 * 3_600_000;
    expect(overloads([0, 400]).surgePatience(days)).toBe(600);
    expect(overloads([0, 400], [days, days + 4_999]).surgePatience(days + LATER)).toBe(4_500);
    expect(overloads([0, 400], [days, days + 5_000]).surgePatience(days + LATER)).toBe(0);
  });

  it('ends when an overload comes back at once, because a queue that drains by itself does not', () => {
    expect(overloads([0, 400], [1_000, 1_400]).surgePatience(3 * LATER)).toBe(0);
  });
});
