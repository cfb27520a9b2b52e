import type { Attributes } from '@opentelemetry/api';
import { Counts } from './counts.ts';
import { OpenTime } from './open-time.ts';
import { ATTRIBUTE } from './words.ts';

/** How a call fared. A failure that was slow is a failure. */
export type Fared = 'success' | 'slow_success' | 'failure' | 'ignored' | 'rejected';

/** What every breaker may come to count. Each begins at 0, or the step to its first would look like nothing. */
const SETTLED = ['success', 'slow_success', 'ignored'] as const;

/** All that is counted under one name. */
export class Series {
  /** The attribute that all of it carries. */
  readonly named: Attributes;
  readonly calls: Counts = new Counts();
  readonly failures: Counts = new Counts();
  readonly transitions: Counts = new Counts();
  readonly wouldOpen: Counts = new Counts();
  readonly openTime: OpenTime = new OpenTime();
  readonly #fared: Readonly<Record<Fared, Attributes>>;

  /**
   * @param name of a breaker, or of all that are too many
   * @param calls whether settled calls will be counted, or refusals only
   */
  constructor(name: string, calls: boolean) {
    this.named = { [ATTRIBUTE.name]: name };
    const faring = (fared: Fared): Attributes => ({ ...this.named, [ATTRIBUTE.outcome]: fared });
    this.#fared = {
      success: faring('success'),
      slow_success: faring('slow_success'),
      failure: faring('failure'),
      ignored: faring('ignored'),
      rejected: faring('rejected'),
    };
    for (const fared of calls ? SETTLED : []) this.count(fared, 0);
    this.count('rejected', 0);
  }

  /** Calls that fared so; what failed is counted by its kind. */
  count(fared: Exclude<Fared, 'failure'>, more: number = 1): void {
    this.calls.add(fared, () => this.#fared[fared], more);
  }

  /** The attributes of calls that fared so: one object for all of them. */
  attributesOf(fared: Fared): Attributes {
    return this.#fared[fared];
  }
}
