/** What a figure counts. */
export type Unit = 'calls' | 'ms' | 'share' | 'money';

/** One figure, what it means, and how it came about. */
export interface Figure {
  /** What it is called. */
  readonly title: string;

  /** What it means, in one sentence. */
  readonly meaning: string;

  /** How it was computed, with the numbers in it. */
  readonly formula: string;
  readonly unit: Unit;

  /** Both ends of an estimate; the same number twice where it was counted. */
  readonly low: number;
  readonly high: number;
}

/** A figure that cannot be known here, and what is missing. */
export interface UnknownFigure {
  readonly title: string;
  readonly why: string;
}

/** A figure as people read it: `1,204 calls`, `6.1 to 7 min`, `97.5 %`. */
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
  // A saving that may be a loss is said in the same words.
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

/** With a comma between thousands, whatever the machine's own language is: the sentences around it are English. */
export function figures(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}
