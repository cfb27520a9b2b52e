import type { Millis } from '@switchgear/core';
import type { Bus } from '../ports/bus.ts';
import { storeFault } from './fault.ts';

/** A report that lay in a mailbox. */
export interface Letter {
  readonly report: string;
  readonly age: Millis;
}

/** What one exchange brings. */
export interface Delivery {
  readonly letters: readonly Letter[];

  /** Up to where the mailbox has been read: whatever its store counts by. */
  readonly readTo: string;
}

/** How long a mailbox keeps a report. Instances that were silent for as long are gone. */
export const KEPT: Millis = 10_000;

/** The most bytes of reports that one exchange brings, but for the last. What is left comes with the next. */
export const MOST_BYTES = 64_000;

/** Half the tick of other buses, because a report waits up to one tick to be left here and up to another to be collected. */
const TICK: Millis = 125;

/**
 * A bus over a store that nobody can listen to all the time: to send is to leave a report and to take those of others that
 * are newer than the last taken.
 *
 * @param driver the function that a user has called
 * @param exchange leaves a report in this box, and brings those in other boxes
 * @param overhear begins to listen to what the client says by itself, and returns a function that stops it
 */
export function mailboxBus(
  driver: string,
  exchange: (box: string, report: string, readTo: string) => Promise<Delivery>,
  overhear: (fail: (error: unknown) => void) => () => void = () => () => {},
): Bus {
  return {
    tick: TICK,
    open(hear, fail = () => {}) {
      const box = crypto.randomUUID();
      let readTo = '0';
      let isClosed = false;
      const stop = overhear((error) => fail(storeFault(driver, 'keep its connection', error)));
      return {
        async send(report) {
          const delivery = await exchange(box, report, readTo).catch((error) => {
            throw storeFault(driver, 'exchange reports', error);
          });
          readTo = delivery.readTo;
          for (const { report, age } of delivery.letters) if (!isClosed) hear(report, age);
        },
        close() {
          isClosed = true;
          stop();
        },
      };
    },
  };
}
