import { afterEach, describe, expect, it } from 'vitest';

/** What a driver of `@switchgear/sharing` returns, as far as its rules need it. */
export interface BusUnderTest {
  readonly maxBytes?: number;
  open(hear: (report: string, age?: number) => void): Connected | PromiseLike<Connected>;
}

interface Connected {
  send(report: string): unknown;
  close(): unknown;
}

/** The most bytes of a report on a bus that does not say. */
const MAX_BYTES = 16_000;

/**
 * The rules that every bus keeps, tested with its real medium. Reports may be repeated and disordered, and may come back to
 * their sender; a test repeats what it sends, because they may also be lost.
 *
 * @param make makes a bus of a new member; those made with the same channel are joined
 */
export function describeBus(name: string, make: (channel: string) => BusUnderTest | Promise<BusUnderTest>): void {
  describe(`${name} keeps the rules of a bus`, () => {
    const open: Connected[] = [];
    let channels = 0;

    afterEach(async () => {
      for (const connection of open.splice(0)) await connection.close();
    });

    async function member(channel: string): Promise<{ connection: Connected; heard: Set<string>; maxBytes: number }> {
      const bus = await make(channel);
      const heard = new Set<string>();
      const connection = await bus.open((report) => heard.add(report));
      open.push(connection);
      return { connection, heard, maxBytes: bus.maxBytes ?? MAX_BYTES };
    }

    async function members(count: number): Promise<Awaited<ReturnType<typeof member>>[]> {
      const channel = `${name} ${process.pid} ${channels++}`;
      return Promise.all(Array.from({ length: count }, () => member(channel)));
    }

    /** Sends it until all of these have it. */
    async function sent(from: Connected, report: string, to: readonly { heard: Set<string> }[]): Promise<void> {
      while (!to.every(({ heard }) => heard.has(report))) {
        await from.send(report);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }

    it('brings a report to all other members, unchanged', async () => {
      const [first, ...others] = await members(4);
      if (first) await sent(first.connection, '[1,"group","life",0,2000,[["ünïcödé \u{1f50c}"]],0]', others);
    });

    it('brings a report of as many bytes as it says', async () => {
      const [first, second] = await members(2);
      if (first && second) await sent(first.connection, 'x'.repeat(first.maxBytes), [second]);
    });

    it('brings reports of several members at the same time', async () => {
      const all = await members(3);
      const reports = all.map((each, i) =>
        sent(
          each.connection,
          `from ${i}`,
          all.filter((other) => other !== each),
        ),
      );
      await Promise.all(reports);
    });

    it('brings nothing to a member that has left, and goes on for the others', async () => {
      const [first, second, third] = await members(3);
      if (!first || !second || !third) throw new Error('three members were asked for');
      await sent(first.connection, 'before', [second, third]);
      await second.connection.close();
      await sent(first.connection, 'after', [third]);
      await sent(third.connection, 'back', [first]);
      expect([...second.heard]).toEqual(['before']);
    });

    it('keeps members of other channels apart', async () => {
      const [[first, second], [other]] = await Promise.all([members(2), members(1)]);
      if (!first || !second || !other) throw new Error('three members were asked for');
      await sent(first.connection, 'here', [second]);
      await sent(second.connection, 'there', [first]);
      expect([...other.heard]).toEqual([]);
    });

    it('sends without fault when nobody else is there', async () => {
      const [first] = await members(1);
      await first?.connection.send('hello');
    });
  });
}
