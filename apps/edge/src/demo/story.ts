import { faultServer } from '@switchgear/testkit';
import { type Act, failing, recovering, staying, tally, untouched, WELL, withoutCopy } from './acts.ts';
import type { Runtime } from './runtimes.ts';
import { type Sight, Stage } from './stage.ts';
import { startApp } from './start-app.ts';

/** The story, act by act. Each service fails once, each in its own way, behind another adapter. */
export const acts: readonly Act[] = [
  {
    title: 'both services are well',
    expected: '2 × fresh, closed, closed',
    async play(stage) {
      const sights = [await stage.ask('prices'), await stage.ask('reviews')];
      return [tally(sights), await stage.stateOf('prices'), await stage.stateOf('reviews')].join(', ');
    },
  },
  failing('prices', 'answers 500', '5 × 502, then open'),
  withoutCopy('prices'),
  staying('prices'),
  untouched('reviews'),
  recovering('prices'),
  failing('reviews', 'hangs', '5 × 504, then open'),
  staying('reviews'),
  untouched('prices'),
  recovering('reviews'),
];

/** What one runtime saw. */
export interface Story {
  readonly runtime: string;

  /** What the app itself takes its runtime for. */
  readonly says: string;

  /** A line for each act. */
  readonly seen: readonly string[];

  /** The names of the isolates that answered. There should be one. */
  readonly isolates: readonly string[];

  /** Every copy that was shown instead of an answer. */
  readonly copies: readonly Sight[];
}

/** Plays the story on one runtime, with services of its own. Whatever it starts has ended when it returns. */
export async function tell(runtime: Runtime): Promise<Story> {
  await using stack = new AsyncDisposableStack();
  const [prices, reviews] = [await faultServer(), await faultServer()];
  for (const service of [prices, reviews]) {
    stack.defer(() => service.close());
    service.always(WELL);
  }
  const app = stack.use(await startApp(runtime, { PRICES: prices.url, REVIEWS: reviews.url }));
  const stage = new Stage(app.url, { prices, reviews });
  const { runtime: says } = await stage.status();
  const isolates = new Set<string>();
  const seen: string[] = [];
  for (const act of acts) {
    seen.push(await act.play(stage));
    isolates.add((await stage.status()).isolate);
  }
  return { runtime: runtime.name, says, seen, isolates: [...isolates], copies: stage.copies };
}
