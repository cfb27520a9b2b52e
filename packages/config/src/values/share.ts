import { type Codec, numeric } from './codec.ts';

/** Without what binary fractions add: 29 % are 0.29. */
const tidy = (number: number): number => Number(number.toPrecision(12));

/** A share, greater than 0 and at most 1: `50%` or `0.5`. */
export const share: Codec<number> = {
  what: 'a share greater than 0 and at most 1, such as 50% or 0.5',
  read(value) {
    const of = typeof value === 'string' ? percentIn(value) / 100 : numeric(value);
    const number = tidy(Number.isNaN(of) ? numeric(value) : of);
    return number > 0 && number <= 1 ? number : undefined;
  },
  write: percentText,
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0, maximum: 1 },
      { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%$' },
    ],
  },
};

/** A number of percent, from `least` to 100, as a share. With or without the sign. */
export function percent(least: number = 0): Codec<number> {
  return {
    what: least === 0 ? 'a percentage from 0 to 100' : 'a percentage greater than 0 and at most 100',
    read(value) {
      const of = typeof value === 'string' ? percentIn(value) : numeric(value);
      const number = Number.isNaN(of) ? numeric(value) : of;
      return number >= least && number <= 100 ? tidy(number / 100) : undefined;
    },
    write: percentText,
    schema: { type: 'number', minimum: least, maximum: 100 },
  };
}

/** A share as a file says it. */
export function percentText(share: number): string {
  return `${tidy(share * 100)}%`;
}

function percentIn(text: string): number {
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number);
}
