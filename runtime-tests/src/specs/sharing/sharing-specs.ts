import type { Surroundings } from '../kit/capability.ts';
import { equal, holds, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { FELLOWS, type FellowMessage, type Order } from './fellow-message.ts';

/** What `@switchgear/sharing` promises between threads and between tabs, which it joins by `BroadcastChannel`. */
export const sharingSpecs: readonly Spec[] = [
  {
    name: 'sharing: three threads or tabs know each other, and the outage of one opens the circuits of all',
    needs: ['fellows', 'timers'],
    async run(around) {
      const fellows = new Fellows(around, 3);
      try {
        await until(() => fellows.all({ act: 'say' }, ({ instances }) => instances === 3), 'all know each other');
        await until(
          () => fellows.all({ act: 'fail', to: 1 }, ({ state }) => state === 'open'),
          'all circuits are open',
        );
        const [first, ...others] = fellows.standings();
        equal(first?.rules, ['failureRate']);
        equal(
          others.map(({ calls }) => calls),
          [0, 0],
        );
        for (const { rules } of others) holds(/^(pooled |votes)/.test(rules[0] ?? ''), `opened on ${rules[0]}`);
      } finally {
        fellows.end();
      }
    },
  },
];

/** Threads or tabs, as many as a spec wants. */
class Fellows {
  readonly #channel = new BroadcastChannel(FELLOWS);
  readonly #standings = new Map<number, FellowMessage>();
  readonly #ends: (() => unknown)[];

  constructor({ startFellow }: Surroundings, many: number) {
    this.#channel.onmessage = ({ data }: MessageEvent<FellowMessage>) => this.#standings.set(data.from, data);
    this.#ends = Array.from({ length: many }, (_, i) => startFellow?.(i + 1) ?? (() => {}));
  }

  /** Gives an order, has all say how they stand, and lets some time pass. Resolves to whether this holds for each. */
  async all(order: Order, holds: (standing: FellowMessage) => boolean): Promise<boolean> {
    this.#channel.postMessage(order);
    this.#channel.postMessage({ act: 'say' } satisfies Order);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#standings.size === this.#ends.length && this.standings().every(holds);
  }

  standings(): FellowMessage[] {
    return [...this.#standings.values()].sort((one, other) => one.from - other.from);
  }

  end(): void {
    for (const end of this.#ends) end();
    this.#channel.close();
  }
}
