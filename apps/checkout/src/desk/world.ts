import type { Event } from '../demo/acts.ts';
import { HAPPENINGS } from '../demo/happenings.ts';
import type { Side } from '../demo/side.ts';

/** What payments and the databases of both shops do at the moment. */
export interface Condition {
  readonly payments: 'well' | 'slow' | 'hang' | 'refuse';

  /** `foreign`: not ours to kill. */
  readonly database: 'up' | 'down' | 'foreign';
}

/** Something that can be made to happen. */
export type Deed = Exclude<Event, 'steady' | 'productsHang' | 'productsReturn'>;

const PAYMENTS: Readonly<Partial<Record<Deed, Condition['payments']>>> = {
  return: 'well',
  slow: 'slow',
  hang: 'hang',
  refuse: 'refuse',
};

const DEEDS: readonly Deed[] = ['return', 'slow', 'hang', 'refuse', 'databaseDown', 'databaseBack'];

/** A deed by its name, if there is such a one. */
export function deedOf(name: string): Deed | undefined {
  return DEEDS.find((deed) => deed === name);
}

/** What both shops depend on, and somebody who breaks it. */
export class World {
  readonly #sides: readonly Side[];
  #condition: Condition;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sides: readonly Side[]) {
    this.#sides = sides;
    const isOurs = sides.every(({ database }) => database.kill !== undefined);
    this.#condition = { payments: 'well', database: isOurs ? 'up' : 'foreign' };
  }

  get condition(): Condition {
    return this.#condition;
  }

  /** Lets something happen to both shops, after what happens already. Says whether it could: what is down is not killed again. */
  make(deed: Deed): Promise<boolean> {
    const made = this.#last.then(() => this.#make(deed));
    this.#last = made.catch(() => undefined);
    return made;
  }

  async #make(deed: Deed): Promise<boolean> {
    const next = nextOf(this.#condition, deed);
    if (!next) return false;
    await Promise.all(this.#sides.map(HAPPENINGS[deed]));
    this.#condition = next;
    return true;
  }
}

function nextOf(condition: Condition, deed: Deed): Condition | undefined {
  const payments = PAYMENTS[deed];
  if (payments) return { ...condition, payments };
  const [from, to] = deed === 'databaseDown' ? (['up', 'down'] as const) : (['down', 'up'] as const);
  return condition.database === from ? { ...condition, database: to } : undefined;
}
