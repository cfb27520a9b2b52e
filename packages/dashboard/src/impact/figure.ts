import type { Millis } from '@switchgear/core';
import type { Tally } from '../history/tally.ts';
import type { PriceOptions } from './prices.ts';

/** The unit of a figure. */
export type Unit = 'calls' | 'ms' | 'share' | 'money';

/** One figure with its meaning and formula. */
export interface Figure {
  /** Its title. */
  readonly title: string;

  /** Its meaning, in one sentence. */
  readonly meaning: string;

  /** The formula, with its numbers. */
  readonly formula: string;
  readonly unit: Unit;

  /** The ends of an estimated range; equal for a counted figure. */
  readonly low: number;
  readonly high: number;
}

/** A figure that cannot be computed, and what is missing. */
export interface UnknownFigure {
  readonly title: string;
  readonly why: string;
}

/** Formats a figure: `1,204 calls`, `6.1 to 7 min`, `97.5 %`. */
export function say({ unit, low, high }: Pick<Figure, 'unit' | 'low' | 'high'>, currency = ''): string {
  const [from, to] = [number(low, unit), number(high, unit)];
  const [amount, other] = [withUnit(from, currency), withUnit(to, currency)];
  if (amount === other) return amount;
  return from.unit === to.unit ? `${from.digits} to ${other}` : `${amount} to ${other}`;
}

interface Amount {
  readonly digits: string;
  readonly unit: string;
}

function number(value: number, unit: Unit): Amount {
  switch (unit) {
    case 'calls':
      return { digits: figures(value, 0), unit: 'calls' };
    case 'share':
      return { digits: figures(value * 100, 2), unit: '%' };
    case 'money':
      return { digits: figures(value, 2), unit: '' };
    case 'ms':
      return time(value);
  }
}

function time(ms: number): Amount {
  // Savings may be negative; the unit depends on the size alone.
  const length = Math.abs(ms);
  if (length < 1_000) return { digits: figures(ms, 0), unit: 'ms' };
  if (length < 120_000) return { digits: figures(ms / 1_000, 1), unit: 's' };
  return length < 7_200_000
    ? { digits: figures(ms / 60_000, 1), unit: 'min' }
    : { digits: figures(ms / 3_600_000, 1), unit: 'h' };
}

function withUnit({ digits, unit }: Amount, currency: string): string {
  return [digits, unit || currency].filter(Boolean).join(' ');
}

/** Formats a number in English whatever the machine's locale, because the sentences around it are English. */
export function figures(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

/** The figures by name. Those that cannot be computed are absent, and `unknown` gives the reason. */
export interface Figures {
  readonly callsSpared: Figure;
  readonly waitingAvoided?: Figure;
  readonly fallbackSuccess?: Figure;
  readonly meanTimeToRecovery?: Figure;
  readonly availabilityWith?: Figure;
  readonly availabilityWithout?: Figure;
  readonly failedCallsAvoided?: Figure;
  readonly revenueKept?: Figure;
  readonly downtimeAvoided?: Figure;
  readonly total?: Figure;
}

/** The inputs of all figures. Those that cannot be computed are added to `unknown`. */
export interface Parts {
  readonly tally: Tally;

  /** Whether settled calls are counted. */
  readonly isSettledKnown: boolean;

  /** The observed time, in milliseconds. */
  readonly observed: Millis;
  readonly prices: PriceOptions;
  readonly unknown: UnknownFigure[];
}
