import { seededRandom } from '../process/random.ts';

/** One scheduled order. */
export interface Arrival {
  readonly reference: string;
  readonly customer: string;
  readonly product: string;
  readonly amountCents: number;

  /** Milliseconds after the beginning. */
  readonly after: number;
}

/** Options of the arrivals. */
export interface ArrivalOptions {
  readonly seed: number;

  /** Orders a second, on average. */
  readonly perSecond: number;
}

/** Options of a schedule. */
export interface ScheduleOptions extends ArrivalOptions {
  /** For how long orders arrive, in milliseconds. */
  readonly duration: number;
}

/** How many customers and products there are. Every third customer allows another payment provider. */
const CUSTOMERS = 60;
const PRODUCTS = 20;

/**
 * The arrivals of customers as a Poisson process, fixed in advance, so they do not depend on how fast the shop answers. The same
 * options give the same arrivals, so both sides of the demo get the same.
 */
export function* arrivals({ seed, perSecond }: ArrivalOptions): Generator<Arrival, never> {
  const random = seededRandom(seed);
  let after = 0;
  for (let number = 1; ; number++) {
    after += (-Math.log(1 - random()) * 1_000) / perSecond;
    yield {
      reference: `order-${String(number).padStart(5, '0')}`,
      customer: `customer-${number % CUSTOMERS}`,
      product: `product-${(number % PRODUCTS) + 1}`,
      amountCents: 500 + Math.floor(random() * 9_500),
      after,
    };
  }
}

/** The arrivals within a duration. */
export function createSchedule({ duration, ...options }: ScheduleOptions): readonly Arrival[] {
  const within: Arrival[] = [];
  for (const arrival of arrivals(options)) {
    if (arrival.after >= duration) break;
    within.push(arrival);
  }
  return within;
}

/** An order outside the schedule, of a customer who does not allow the alternative provider. */
export function unscheduledOrder(what: string, number: number): Arrival {
  return { reference: `${what}-${number}`, customer: 'customer-1', product: 'product-1', amountCents: 1_000, after: 0 };
}
