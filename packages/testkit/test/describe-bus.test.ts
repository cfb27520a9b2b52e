import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import { type BusUnderTest, describeBus, type TestRunner } from '../src/index.ts';

/** Members by channel. */
const channels = new Map<string, Set<(report: string) => void>>();

/** The smallest bus there can be: the kit must accept it. */
function memoryBus(channel: string): BusUnderTest {
  const members = channels.get(channel) ?? new Set();
  channels.set(channel, members);
  return {
    open(hear) {
      members.add(hear);
      return {
        send: (report) => {
          for (const member of members) if (member !== hear) member(report);
        },
        close: () => members.delete(hear),
      };
    },
  };
}

describeBus('a set of functions', memoryBus, vitest);

/** The rules that a bus breaks. */
async function brokenBy(make: (channel: string) => BusUnderTest): Promise<string[]> {
  const tests: [string, () => Promise<void>][] = [];
  const runner: TestRunner = {
    describe: (_, define) => define(),
    it: (name, test) => tests.push([name, test]),
  };
  describeBus('broken', make, runner);
  const broken: string[] = [];
  for (const [name, test] of tests) await test().catch(() => broken.push(name));
  return broken;
}

describe('a bus that breaks a rule', () => {
  it('is found if members that have left still hear', async () => {
    const make = (channel: string): BusUnderTest => ({
      open(hear) {
        const { send } = memoryBus(channel).open(hear) as { send(report: string): void };
        return { send, close() {} };
      },
    });
    expect(await brokenBy(make)).toEqual(['brings nothing to a member that has left, and goes on for the others']);
  });

  it('is found if channels are mixed', async () => {
    expect(await brokenBy(() => memoryBus('one for all'))).toContain('keeps members of other channels apart');
  });

  it('is found if sending fails when nobody else is there', async () => {
    const make = (channel: string): BusUnderTest => ({
      open(hear) {
        const connection = memoryBus(channel).open(hear) as { send(report: string): void; close(): void };
        const send = (report: string) => {
          if (channels.get(channel)?.size === 1) throw new Error('nobody is there');
          connection.send(report);
        };
        return { ...connection, send };
      },
    });
    expect(await brokenBy(make)).toContain('sends without fault when nobody else is there');
  });
});
