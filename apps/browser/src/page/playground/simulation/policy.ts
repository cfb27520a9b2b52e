import type { Millis } from '@switchgear/core';
import type { BreakerOptions, Metrics } from '@switchgear/fetch';

/** A setting that can be changed while the breaker is at work. */
export interface Knob {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly initial: number;

  /** The value as people say it: `50 %`. */
  readonly says: (value: number) => string;
}

/** How near a breaker is to opening. */
export interface Gauge {
  readonly says: string;

  /** On a scale from 0 to 1; absent where there is no number to compare with. */
  readonly scale?: { readonly value: number; readonly limit: number };
}

/** What a gauge can go by. */
export interface Sight {
  readonly metrics: Metrics;

  /** Failures since the last success. */
  readonly run: number;
}

/** Values of knobs, by their names. */
export type Values<Name extends string = string> = Readonly<Record<Name, number>>;

/** One way to protect a service, with the settings that can be played with. */
export interface Policy<Name extends string = string> {
  readonly name: string;

  /** What it goes by, in a sentence. */
  readonly about: string;
  readonly knobs: Readonly<Record<Name, Knob>>;
  readonly options: (values: Values<Name>) => Omit<BreakerOptions, 'name' | 'clock' | 'random'>;

  /** How far its time window looks back, in milliseconds; absent if it judges by none. */
  readonly window?: (values: Values<Name>) => Millis;

  /** Milliseconds from which on a call is slow, where that matters. */
  readonly slowerThan?: (values: Values<Name>) => Millis;
  readonly gauge?: (sight: Sight, values: Values<Name>) => Gauge;
}

/** A policy whose options know its knobs by name. */
export function policy<const Name extends string>(one: Policy<Name>): Policy {
  return one as unknown as Policy;
}

/** The values that the knobs of a policy begin with. */
export function initialValues({ knobs }: Policy): Values {
  return Object.fromEntries(Object.entries(knobs).map(([name, { initial }]) => [name, initial]));
}
