import type { Millis } from '@switchgear/core';
import type { SharedCircuit } from '../circuit/shared-circuit.ts';
import { encode, MOST_CIRCUITS, type Report } from '../report/report.ts';
import type { ResolvedShare } from './options.ts';

/** Writes the reports of one life. */
export class Composer {
  /** Random, new at each start. */
  readonly life: string;
  readonly maxBytes: number;
  readonly #group: string;
  #seq = 0;
  /** When each circuit was last told of. */
  readonly #toldAt = new WeakMap<SharedCircuit, Millis>();

  constructor({ group, random }: Pick<ResolvedShare, 'group' | 'random'>, maxBytes: number) {
    this.#group = group;
    this.maxBytes = maxBytes;
    const part = () => Math.floor(random() * 2 ** 40).toString(36);
    this.life = `${part()}${part()}`;
  }

  /** A report of these circuits. If they are too many: first those that moved, then those not told of for longest. */
  compose(circuits: readonly SharedCircuit[], every: Millis, flag: Report['flag'], now: Millis): string {
    const seq = this.#seq++;
    let chosen = [...circuits].sort((one, other) => this.#rank(one) - this.#rank(other)).slice(0, MOST_CIRCUITS);
    for (;;) {
      const told = chosen.map((circuit) => circuit.report(now));
      const text = encode({ group: this.#group, life: this.life, seq, every: Math.round(every), flag, circuits: told });
      if (chosen.length === 0 || new TextEncoder().encode(text).length <= this.maxBytes) {
        for (const circuit of chosen) this.#toldAt.set(circuit, now);
        return text;
      }
      chosen = chosen.slice(0, Math.floor(chosen.length / 2));
    }
  }

  #rank(circuit: SharedCircuit): number {
    const toldAt = this.#toldAt.get(circuit) ?? -Infinity;
    return circuit.standing.since > toldAt ? -Infinity : toldAt;
  }
}
