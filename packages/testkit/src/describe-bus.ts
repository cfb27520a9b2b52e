import { requireSame } from './expectations.ts';
import { runnerFor, type TestRunner } from './test-runner.ts';

/** A bus of `@switchgear/sharing`, as far as its rules need it. */
export interface BusUnderTest {
  readonly maxBytes?: number;
  open(hear: (report: string, age?: number) => void): ConnectionUnderTest | PromiseLike<ConnectionUnderTest>;
}

/** A connection to such a bus. */
export interface ConnectionUnderTest {
  send(report: string): unknown;
  close(): unknown;
}

/** Who is on a bus, and what was heard there. */
interface Member {
  readonly connection: ConnectionUnderTest;
  readonly heard: Set<string>;
  readonly maxBytes: number;
}

/** The most bytes of a report on a bus that does not say. */
const MAX_BYTES = 16_000;

/** Channels made so far, so that no test hears of another. */
let channels = 0;

/**
 * The rules that every bus keeps, tested with its real medium. Reports may be repeated and disordered, and may come back to
 * their sender; a test repeats what it sends, because they may also be lost.
 *
 * @param name says what is tested: `'redisBus'`
 * @param make makes the bus of a new member; those made with the same channel are joined
 * @param runner `describe` and `it` of your test runner
 * @throws {TypeError} if there is no runner
 * @example
 * ```ts
 * describeBus('localBus', (channel) => localBus(channel));
 * ```
 */
export function describeBus(
  name: string,
  make: (channel: string) => BusUnderTest | Promise<BusUnderTest>,
  runner?: TestRunner,
): void {
  const { describe, it } = runnerFor(runner);
  describe(`${name} keeps the rules of a bus`, () => {
    for (const [rule, holds] of Object.entries(RULES)) {
      it(rule, async () => {
        const open: ConnectionUnderTest[] = [];
        const joined = async (count: number): Promise<Member[]> => {
          const channel = `${name} ${Date.now()} ${channels++}`;
          const members = await Promise.all(Array.from({ length: count }, () => memberOf(make, channel)));
          open.push(...members.map(({ connection }) => connection));
          return members;
        };
        try {
          await holds(joined);
        } finally {
          for (const connection of open) await connection.close();
        }
      });
    }
  });
}

async function memberOf(make: Parameters<typeof describeBus>[1], channel: string): Promise<Member> {
  const bus = await make(channel);
  const heard = new Set<string>();
  const connection = await bus.open((report) => report !== NOTHING && heard.add(report));
  return { connection, heard, maxBytes: bus.maxBytes ?? MAX_BYTES };
}

/** What members send only to get what lies in their mailboxes. */
const NOTHING = 'nothing new';

/** Sends it again and again until all of these have it. They send too, because a mailbox brings reports only then. */
async function bring(report: string, from: Member, ...to: readonly Member[]): Promise<void> {
  while (!to.every(({ heard }) => heard.has(report))) {
    await from.connection.send(report);
    for (const each of to) await each.connection.send(NOTHING);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

type Joined = (count: number) => Promise<Member[]>;

const RULES: Readonly<Record<string, (joined: Joined) => Promise<void>>> = {
  async 'brings a report to all other members, unchanged'(joined) {
    const [first, ...others] = (await joined(4)) as [Member, ...Member[]];
    await bring('[1,"group","life",0,2000,[["ünïcödé \u{1f50c}"]],0]', first, ...others);
  },

  async 'brings a report of as many bytes as it says'(joined) {
    const [first, second] = (await joined(2)) as [Member, Member];
    await bring('x'.repeat(first.maxBytes), first, second);
  },

  async 'brings reports of several members at the same time'(joined) {
    const all = await joined(3);
    await Promise.all(all.map((each, i) => bring(`from ${i}`, each, ...all.filter((other) => other !== each))));
  },

  async 'brings nothing to a member that has left, and goes on for the others'(joined) {
    const [first, second, third] = (await joined(3)) as [Member, Member, Member];
    await bring('before', first, second, third);
    await second.connection.close();
    await bring('after', first, third);
    await bring('back', third, first);
    requireSame('what a member hears that has left', [...second.heard], ['before']);
  },

  async 'keeps members of other channels apart'(joined) {
    const [[first, second], [other]] = (await Promise.all([joined(2), joined(1)])) as [[Member, Member], [Member]];
    await bring('here', first, second);
    await bring('there', second, first);
    requireSame('what a member of another channel hears', [...other.heard], []);
  },

  async 'sends without fault when nobody else is there'(joined) {
    const [only] = (await joined(1)) as [Member];
    await only.connection.send('hello');
  },
};
