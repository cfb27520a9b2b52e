import { requireSame } from './expectations.ts';
import { findAnomaly } from './history/find-anomaly.ts';
import { recordHistory } from './history/record-history.ts';
import type { RegisterUnderTest } from './history/register-under-test.ts';
import { registerRules } from './register-rules.ts';
import { runnerFor, type TestRunner } from './test-runner.ts';

/** What else {@link describeRegister} tests. */
export interface RegisterTests {
  /**
   * What happens to the server, or to the way to it, while four members swap one key: `'its server is killed and started
   * again'`. Each is a test. The members must get answers again after it.
   *
   * @default {}
   */
  readonly meanwhile?: Readonly<Record<string, () => Promise<unknown>>>;

  /**
   * How many swaps of each member are answered in a recorded history, at least.
   *
   * @default 50
   */
  readonly swaps?: number;
}

/** How many members swap one key. */
const MEMBERS = 4;
/** Keys made so far, so that no test meets another. */
let keys = 0;

/**
 * The rules that every register keeps, tested with its real server: also that what several members are told at the same time
 * is linearizable, and stays so while the server is killed or stopped.
 *
 * @param name says what is tested: `'redisRegister'`
 * @param make makes the register of a new member, best with a connection of its own
 * @param runner `describe` and `it` of your test runner
 * @param tests more tests, of what may happen to the server
 * @throws {TypeError} if there is no runner
 * @example
 * ```ts
 * describeRegister('redisRegister', () => redisRegister(connect()), vitest, {
 *   meanwhile: { 'its server is killed and started again': () => server.restart() },
 * });
 * ```
 */
export function describeRegister(
  name: string,
  make: () => RegisterUnderTest | Promise<RegisterUnderTest>,
  runner?: TestRunner,
  { meanwhile = {}, swaps = 50 }: RegisterTests = {},
): void {
  const { describe, it } = runnerFor(runner);
  const newKey = () => `${name} ${Date.now()} ${keys++} `;
  describe(`${name} keeps the rules of a register`, () => {
    for (const [rule, holds] of Object.entries(registerRules))
      it(rule, async () => holds(await make(), newKey(), make));

    const histories = Object.entries({ '': undefined, ...meanwhile });
    for (const [what, happens] of histories) {
      it(`answers several members as if one after the other${what && ` while ${what}`}`, async () => {
        const members = await Promise.all(Array.from({ length: MEMBERS }, make));
        const history = await recordHistory(members, newKey(), { swaps, meanwhile: happens });
        requireSame('what is wrong in the recorded history', findAnomaly(history), undefined);
      });
    }
  });
}
