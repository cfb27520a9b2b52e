import { type Codec, numeric } from './codec.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The milliseconds of a text such as `500ms`, `3s`, `5m`, `1h30m` or `1.5s`; NaN for anything else. */
export function millisOf(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|m|h|d)/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return Number.NaN;
  return round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit as string] as number), 0));
}

/** Without what binary fractions add: 0.3 s are 300 ms. */
const round = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** Milliseconds as a file says them: with the largest unit that needs no fraction. */
export function durationText(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const) {
    const amount = ms / (UNITS[unit] as number);
    if (ms > 0 && Number.isInteger(amount)) return `${amount}${unit}`;
  }
  return `${ms}ms`;
}

/** Milliseconds, greater than 0, or at least 0. A number without a unit is milliseconds. */
export function duration(least: 'zero' | 'positive' = 'positive'): Codec<number> {
  const fits = (ms: number) => ms < Infinity && (ms > 0 || (least === 'zero' && ms === 0));
  return {
    what: EXAMPLES,
    ruleFor: (value) => (millisIn(value) === 0 ? `greater than 0: ${EXAMPLES}` : undefined),
    read(value) {
      const ms = millisIn(value);
      return fits(ms) ? ms : undefined;
    },
    write: durationText,
    schema: {
      anyOf: [
        { type: 'number', ...(least === 'positive' ? { exclusiveMinimum: 0 } : { minimum: 0 }) },
        { type: 'string', pattern: '^(\\d+(\\.\\d+)?\\s*(ns|us|ms|s|m|h|d))+$' },
      ],
    },
  };
}

const EXAMPLES = 'a duration such as 500ms, 3s, 5m, 1h30m';

/** A text with a unit, or a number, which is milliseconds. */
function millisIn(value: unknown): number {
  const ms = typeof value === 'string' ? millisOf(value.trim()) : Number.NaN;
  return Number.isNaN(ms) ? numeric(value) : ms;
}

/** A duration as Go and protobuf write it: always with its unit. */
export function unitDuration(least: 'zero' | 'positive' = 'positive'): Codec<number> {
  const codec = duration(least);
  return {
    ...codec,
    read: (value) => (typeof value === 'string' && Number.isNaN(numeric(value)) ? codec.read(value) : undefined),
  };
}

/** A duration that says its unit, because nothing tells whether `30` would be seconds or milliseconds. */
export const withUnit: Codec<number> = {
  what: 'a duration with its unit, such as 500ms, 3s, 5m',
  read: (value) => unitDuration().read(value),
  write: durationText,
  schema: { type: 'string', pattern: '^(\\d+(\\.\\d+)?\\s*(ns|us|ms|s|m|h|d))+$' },
};

/** Java's durations: as Spring reads them, `10s`, `PT10S`, or a number in a unit of the setting's. */
export function javaDuration(unit: 'ms' | 's' = 'ms'): Codec<number> {
  return {
    ...duration('zero'),
    what: 'a duration such as 500ms, 3s, 5m or PT1M30S',
    read(value) {
      if (typeof value === 'string' && /^PT/i.test(value)) return orUndefined(millisOf(value.slice(2).toLowerCase()));
      if (typeof value === 'string' && Number.isNaN(numeric(value))) return orUndefined(millisOf(value.trim()));
      return orUndefined(numeric(value) * (UNITS[unit] as number));
    },
  };
}

/** .NET's `TimeSpan`: `[d.]hh:mm:ss[.fffffff]`. */
export const timeSpan: Codec<number> = {
  what: "a time span such as '00:00:30' or '1.02:03:04.5'",
  read(value) {
    const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
      /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/.exec(String(value)) ?? [];
    if (!/:/.test(String(value))) return undefined;
    return orUndefined(
      round(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000),
    );
  },
  write: durationText,
  schema: { type: 'string' },
};

function orUndefined(ms: number): number | undefined {
  return ms >= 0 && ms < Infinity ? ms : undefined;
}
