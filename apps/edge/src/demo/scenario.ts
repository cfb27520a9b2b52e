import { faultServer } from '@switchgear/testkit';
import { type Answer, Client } from './client.ts';
import { failing, HEALTHY, type Phase, recovering, tally, untouched, withCopy, withoutCopy } from './phases.ts';
import { type Runtime, startApp } from './start-app.ts';

/** The phases. Each service fails once, in its own way, behind its own adapter. */
export const phases: readonly Phase[] = [
  {
    title: 'both are healthy',
    expected: '2 × fresh, closed, closed',
    async run(client) {
      const answers = [await client.ask('prices'), await client.ask('reviews')];
      return [tally(answers), await client.stateOf('prices'), await client.stateOf('reviews')].join(', ');
    },
  },
  failing('prices', 'gives 500', '5 × 502, then open'),
  withoutCopy('prices'),
  withCopy('prices'),
  untouched('reviews'),
  recovering('prices'),
  failing('reviews', 'hangs', '5 × 504, then open'),
  withCopy('reviews'),
  untouched('prices'),
  recovering('reviews'),
];

/** The result on one runtime. */
export interface Result {
  readonly runtime: string;

  /** The runtime that the app detects. */
  readonly reportedRuntime: string;

  /** The observation of each phase. */
  readonly seen: readonly string[];

  /** The isolates that answered; exactly one is expected. */
  readonly isolates: readonly string[];

  /** Every copy that was served. */
  readonly copies: readonly Answer[];
}

/** Runs the scenario on one runtime with its own services, and stops everything it started. */
export async function runScenario(runtime: Runtime): Promise<Result> {
  await using stack = new AsyncDisposableStack();
  const [prices, reviews] = [await faultServer(), await faultServer()];
  for (const service of [prices, reviews]) {
    stack.defer(() => service.close());
    service.always(HEALTHY);
  }
  const app = stack.use(await startApp(runtime, { PRICES: prices.url, REVIEWS: reviews.url }));
  const client = new Client(app.url, { prices, reviews });
  const { runtime: reportedRuntime } = await client.status();
  const isolates = new Set<string>();
  const seen: string[] = [];
  for (const phase of phases) {
    seen.push(await phase.run(client));
    isolates.add((await client.status()).isolate);
  }
  return { runtime: runtime.name, reportedRuntime, seen, isolates: [...isolates], copies: client.copies };
}
