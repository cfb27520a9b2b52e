import { setTimeout as pause } from 'node:timers/promises';
import { type Bus, createBreaker, type Sharing, share } from '../src/index.ts';

/** Somebody who calls all the time. */
export interface Subject {
  readonly name: string;
  call(call: () => Promise<unknown>): Promise<unknown>;

  /** What its sharing has to say, if it shares. */
  readonly shared?: Shared;
}

/** What is known of a sharing. */
export interface Shared {
  readonly sharing: Sharing;
  readonly faults: readonly string[];

  /** The most reports that were being sent at a time. */
  readonly mostSending: number;
}

/** A caller whose breaker is shared over this bus, beside another one with trouble: reports are sent each tick. */
export function sharingCaller(name: string, bus: Bus, ends: (() => unknown)[]): Subject & { readonly shared: Shared } {
  const breaker = createBreaker({ name: 'payments' });
  const noisy = createBreaker({ name: 'noisy' });
  const faults: string[] = [];
  const counted = countSending(bus);
  const sharing = share([breaker, noisy], {
    group: 'verify',
    bus: counted.bus,
    onEvent: (event) => event.type === 'fault' && faults.push((event.error as Error).message),
  });
  const trouble = setInterval(() => noisy.record('failure'), 1_000);
  ends.push(() => clearInterval(trouble));
  ends.push(() => sharing.close());
  return {
    name,
    call: (call) => breaker.run(call),
    shared: {
      sharing,
      faults,
      get mostSending() {
        return counted.most();
      },
    },
  };
}

/** The same bus, which counts how many reports are being sent at a time. */
function countSending(bus: Bus): { readonly bus: Bus; most(): number } {
  let now = 0;
  let most = 0;
  const counting: Bus = {
    ...bus,
    async open(hear, fail) {
      const connection = await bus.open(hear, fail);
      return {
        async send(report) {
          most = Math.max(most, ++now);
          try {
            await connection.send(report);
          } finally {
            now--;
          }
        },
        close: () => connection.close(),
      };
    },
  };
  return { bus: counting, most: () => most };
}

/** Lets a subject call again and again until it is told to stop. Returns how long each call took, in milliseconds. */
export async function keepCalling(
  { call }: Subject,
  request: () => Promise<unknown>,
  isOver: () => boolean,
): Promise<{ readonly took: number[]; readonly failed: number }> {
  const took: number[] = [];
  let failed = 0;
  while (!isOver()) {
    const began = performance.now();
    await call(request).catch(() => failed++);
    took.push(performance.now() - began);
    await pause(5);
  }
  return { took, failed };
}
