import { seededDice } from '../process/dice.ts';

/** One order, decided on before the first one is placed. */
export interface Arrival {
  readonly reference: string;
  readonly customer: string;
  readonly product: string;
  readonly amountCents: number;

  /** Milliseconds after the beginning. */
  readonly after: number;
}

/** What decides who comes when. */
export interface ArrivalOptions {
  readonly seed: number;

  /** Orders a second, on average. */
  readonly perSecond: number;
}

/** What decides a schedule. */
export interface ScheduleOptions extends ArrivalOptions {
  /** For how long orders arrive, in milliseconds. */
  readonly lasting: number;
}

/** How many customers and products there are. Every third customer allows another payment provider. */
const CUSTOMERS = 60;
const PRODUCTS = 20;

/**
 * When each customer comes, decided beforehand: customers who do not know of each other (a Poisson process), and who do not
 * wait for the shop to be ready for them. The same options give the same arrivals, so both sides of the demo get the same.
 */
export function* arrivals({ seed, perSecond }: ArrivalOptions): Generator<Arrival, never> {
  const dice = seededDice(seed);
  let after = 0;
  for (let number = 1; ; number++) {
    after += (-Math.log(1 - dice()) * 1_000) / perSecond;
    yield {
      reference: `order-${String(number).padStart(5, '0')}`,
      customer: `customer-${number % CUSTOMERS}`,
      product: `product-${(number % PRODUCTS) + 1}`,
      amountCents: 500 + Math.floor(dice() * 9_500),
      after,
    };
  }
}

/** Those who come within a time. */
export function createSchedule({ lasting, ...options }: ScheduleOptions): readonly Arrival[] {
  const within: Arrival[] = [];
  for (const arrival of arrivals(options)) {
    if (arrival.after >= lasting) break;
    within.push(arrival);
  }
  return within;
}
