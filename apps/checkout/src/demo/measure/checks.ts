import type { Phase } from '../scenario/phases.ts';
import { isWellAtLast } from '../scenario/phases.ts';
import type { BothSides, Figures } from './figures.ts';

/** A requirement on the shop with breakers. */
export interface Check {
  /** The requirement. */
  readonly rule: string;

  /** What was found instead; `undefined` if the requirement is met. */
  readonly broken: string | undefined;
}

/**
 * Checks the shop with breakers. They alone decide the exit code. None depends on how fast the machine is, so how long customers
 * waited, or whether and when a circuit opened, is not among them.
 */
export function checksOf({ with: shop }: BothSides, phases: readonly Phase[]): readonly Check[] {
  const answers = shop.confirmed + shop.queued + shop.refused + shop.failed;
  return [
    check('every customer got an answer', shop.offered - answers, (n) => `${people(n)} got no answer`),
    check('no order was lost', shop.lost, lostOf),
    check('nobody was charged twice', shop.chargedTwice, chargedTwiceOf),
    // While payments are down they cannot be made, and a charge that was made may not be known yet.
    ...(isWellAtLast(phases) ? duesOf(shop) : []),
  ];
}

function duesOf(shop: Figures): readonly Check[] {
  const difference = shop.chargedCents - shop.paidCents;
  return [
    check(
      'every queued payment was made',
      shop.queued - shop.drained,
      (n) => `${n} queued ${plural(n, 'payment')} not made`,
    ),
    check(
      'the money adds up',
      difference,
      (n) => `providers charged ${n} cents ${difference > 0 ? 'more' : 'less'} than the orders marked paid cost`,
    ),
  ];
}

function check(rule: string, difference: number, broken: (size: number) => string): Check {
  return { rule, broken: difference === 0 ? undefined : broken(Math.abs(difference)) };
}

/** `3 accepted orders were lost` */
export function lostOf(lost: number): string {
  return `${lost} accepted ${plural(lost, 'order was', 'orders were')} lost`;
}

/** `2 customers were charged twice` */
export function chargedTwiceOf(times: number): string {
  return `${people(times)} ${plural(times, 'was', 'were')} charged twice`;
}

function people(number: number): string {
  return `${number} ${plural(number, 'customer')}`;
}

function plural(number: number, one: string, many = `${one}s`): string {
  return number === 1 ? one : many;
}
