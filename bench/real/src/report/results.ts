import type { Figures } from '../client/figures.ts';
import { policies } from '../policies/all-policies.ts';

/** The figures of all rounds of every scene and policy. */
export class Results {
  readonly #rounds = new Map<string, Figures[]>();

  add(scene: string, policy: string, figures: Figures): void {
    const key = `${scene}/${policy}`;
    this.#rounds.set(key, [...this.rounds(scene, policy), figures]);
  }

  rounds(scene: string, policy: string): readonly Figures[] {
    return this.#rounds.get(`${scene}/${policy}`) ?? [];
  }

  /**
   * One figure in each round. `ratio` is the cost over that of no breaker in the same round. What did not happen is
   * `Infinity`: it took longer than the run.
   */
  values(scene: string, policy: string, figure: string): number[] {
    const bare = this.rounds(scene, policies[0]?.name ?? '');
    return this.rounds(scene, policy).map((figures, round) => {
      if (figure === 'ratio') return (figures['cost'] ?? Number.NaN) / (bare[round]?.['cost'] ?? Number.NaN);
      return figures[figure] ?? Infinity;
    });
  }
}

/** The one in the middle, or the higher of two. */
export function median(values: readonly number[]): number {
  return sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A figure of all rounds as it is read: its median, and its range where rounds differ. */
export function shown(values: readonly number[]): string {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(text);
  return least === most ? `${middle}` : `${middle} (${least} to ${most})`;
}

function text(value: number): string {
  if (value === Infinity) return 'never';
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 && value % 1 !== 0 ? 2 : 0 });
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
