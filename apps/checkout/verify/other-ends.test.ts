import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { type DemoProcess, startDemo } from '../test/demo-process.ts';
import { filePostgres } from '../test/file-postgres.ts';
import { type Watch, watchLeftovers } from '../test/leftovers.ts';
import { testRun } from '../test/test-run.ts';

// A server of the user's is there already, which saves starting two.
const { server } = filePostgres();
const onUsersServer = ({ environment }: Watch) => ({ environment: { ...environment, DATABASE_URL: server().url } });

/** Two shops with all their processes start before the scenario does, on a machine that may be busy. */
const SOON = { timeout: 180_000, interval: 50 };

/** Both shops are there with all their processes, only their customers are not. */
const untilItIsOpen = (demo: DemoProcess) => vi.waitUntil(() => demo.output().includes('Dashboard of the shop'), SOON);

const untilItPlays = (demo: DemoProcess) => vi.waitUntil(() => demo.output().includes('Steady traffic'), SOON);

// They find processes in /proc.
describe.runIf(process.platform === 'linux')('a demo', () => {
  it('whose package manager is killed stops, and leaves nothing behind', async () => {
    const watch = await watchLeftovers();
    const demo = startDemo(['--short'], { ...onUsersServer(watch), launcher: 'npx' });
    await untilItPlays(demo);
    demo.signal('SIGKILL');
    await watch.expectNothing(demo.output());
    expect(demo.output()).toContain('has exited');
  });

  it('whose shop crashes fails, says which process it was, and leaves nothing behind', async () => {
    const watch = await watchLeftovers();
    const demo = startDemo(['--short'], onUsersServer(watch));
    await untilItIsOpen(demo);
    const shops = watch.processes().filter(({ command }) => command.includes('orders/main.ts'));
    expect(shops).toHaveLength(2);
    process.kill(shops[0]!.pid, 'SIGKILL');
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toMatch(/orders \((with|without)\) ended with SIGKILL/);
    await watch.expectNothing(demo.output());
  });

  it("killed while it uses the user's PostgreSQL leaves no database there", async () => {
    const { cleanup } = testRun();
    const client = new pg.Client({ connectionString: server().url });
    await client.connect();
    cleanup.defer(() => client.end());
    const databases = async () => {
      const { rows } = await client.query<{ datname: string }>(
        "select datname from pg_database where datname like 'checkout%'",
      );
      return rows.map(({ datname }) => datname);
    };

    const watch = await watchLeftovers();
    const demo = startDemo(['--short'], onUsersServer(watch));
    await untilItIsOpen(demo);
    expect(demo.output()).toContain('is not killed');
    expect(await databases()).toHaveLength(2);
    demo.signalGroup('SIGKILL');
    await watch.expectNothing(demo.output());
    expect(await databases()).toEqual([]);
  });
});
