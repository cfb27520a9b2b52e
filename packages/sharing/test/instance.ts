import { type Breaker, type BreakerOptions, createBreaker } from '@switchgear/core';
import { type Bus, type ShareOptions, type Sharing, type SharingEvent, share } from '../src/index.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A bus in memory, on which a test can listen, speak and cut the line. */
export class TestBus implements Bus {
  readonly sent: string[] = [];
  /** Whether reports get lost. */
  isCut = false;
  readonly #ears = new Set<(report: string, age?: number) => void>();

  open(hear: (report: string) => void) {
    this.#ears.add(hear);
    return {
      send: (report: string) => {
        this.sent.push(report);
        if (!this.isCut) this.say(report);
      },
      close: () => this.#ears.delete(hear),
    };
  }

  say(report: string): void {
    for (const ear of this.#ears) ear(report);
  }
}

/** An instance with one breaker, and everything that its sharing announced. */
export interface Instance {
  readonly breaker: Breaker;
  readonly sharing: Sharing;
  readonly events: SharingEvent[];

  /** Makes a call that ends so. Returns whether it was admitted. */
  call(outcome: 'success' | 'failure'): boolean;

  /** The rules of its moves. */
  readonly rules: string[];
}

/** An instance on a bus. Its luck is always the same. */
export function instance(
  time: VirtualTime,
  bus: Bus,
  options: Partial<BreakerOptions> = {},
  sharing: Partial<ShareOptions> = {},
): Instance {
  const breaker = createBreaker({ name: 'payments', clock: time, random: () => 0.5, ...options });
  const events: SharingEvent[] = [];
  const rules: string[] = [];
  breaker.subscribe(({ type, because }) => {
    if (type === 'move') rules.push(because.rule);
  });
  const parts = {
    group: 'test',
    bus,
    scheduler: time,
    clock: time,
    onEvent: (event: SharingEvent) => events.push(event),
  };
  return {
    breaker,
    events,
    rules,
    sharing: share(breaker, { ...parts, ...sharing }),
    call(outcome) {
      const permit = breaker.tryAcquire();
      permit?.settle(outcome);
      return permit !== undefined;
    },
  };
}

/** Instances that know each other. */
export async function fleet(
  count: number,
  time: VirtualTime,
  bus: Bus,
  options: Partial<BreakerOptions> = {},
  sharing: Partial<ShareOptions> = {},
): Promise<Instance[]> {
  const instances = Array.from({ length: count }, () => instance(time, bus, options, sharing));
  await time.pass(1_000);
  return instances;
}
