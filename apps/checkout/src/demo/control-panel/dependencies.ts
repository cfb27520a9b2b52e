import type { RecentAnswers } from '../measure/answers.ts';
import type { Event } from '../scenario/phases.ts';
import { EVENT_ACTIONS } from '../scenario/play.ts';
import type { Side, SideName } from '../shops/side.ts';

/** The current state of the dependencies of both shops. */
export interface DependencyState {
  readonly payments: 'well' | 'slow' | 'hang' | 'refuse';

  /** `foreign`: given by DATABASE_URL, so it is never killed. */
  readonly database: 'up' | 'down' | 'foreign';
}

/** What a button does to the dependencies. */
export type Action = Exclude<Event, 'steady' | 'productsHang' | 'productsReturn'>;

const PAYMENTS: Readonly<Partial<Record<Action, DependencyState['payments']>>> = {
  return: 'well',
  slow: 'slow',
  hang: 'hang',
  refuse: 'refuse',
};

const ACTIONS: readonly Action[] = ['return', 'slow', 'hang', 'refuse', 'databaseDown', 'databaseBack'];

/** The action of this name, if there is one. */
export function actionOf(name: string): Action | undefined {
  return ACTIONS.find((action) => action === name);
}

/** The dependencies of both shops, and the actions that break and repair them. */
export class Dependencies {
  readonly #sides: readonly Side[];
  #state: DependencyState;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sides: readonly Side[]) {
    this.#sides = sides;
    const isOurs = sides.every(({ database }) => database.kill !== undefined);
    this.#state = { payments: 'well', database: isOurs ? 'up' : 'foreign' };
  }

  get state(): DependencyState {
    return this.#state;
  }

  /** Applies an action to both shops, after those under way. Resolves to `false` if it does not apply, such as killing a dead database. */
  apply(action: Action): Promise<boolean> {
    const applied = this.#last.then(() => this.#apply(action));
    this.#last = applied.catch(() => undefined);
    return applied;
  }

  async #apply(action: Action): Promise<boolean> {
    const next = nextOf(this.#state, action);
    if (!next) return false;
    await Promise.all(this.#sides.map(EVENT_ACTIONS[action]));
    this.#state = next;
    return true;
  }
}

function nextOf(state: DependencyState, action: Action): DependencyState | undefined {
  const payments = PAYMENTS[action];
  if (payments) return { ...state, payments };
  const [from, to] = action === 'databaseDown' ? (['up', 'down'] as const) : (['down', 'up'] as const);
  return state.database === from ? { ...state, database: to } : undefined;
}

/** What the page shows, sent twice a second. */
export interface PanelState extends DependencyState {
  readonly sides: Readonly<Record<SideName, RecentAnswers>>;

  /** What the breakers of the payment service saved so far, as text; empty while unknown. */
  readonly saved: readonly (readonly [title: string, amount: string])[];
}
