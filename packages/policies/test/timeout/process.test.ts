import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const CORE = import.meta.resolve('@switchgear/core');
const INDEX = new URL('../../src/index.ts', import.meta.url).href;

/** Runs a module in a process of its own, and waits until that has nothing left to do. */
async function printed(program: string): Promise<string> {
  const args = ['--conditions=@switchgear/source', '--input-type=module', '--eval', program];
  return (await promisify(execFile)(process.execPath, args, { timeout: 20_000 })).stdout;
}

describe('a process', () => {
  it('is kept alive by no time limit, deadline, queue or ping', async () => {
    const before = performance.now();
    const said = await printed(`
      import { createBreaker } from '${CORE}';
      import { bulkhead, deadline, healthProbe, timeout } from '${INDEX}';
      const hang = () => new Promise(() => {});
      timeout(600_000).run(hang);
      deadline({ limit: 600_000 }).run(hang);
      const one = bulkhead({ concurrent: 1, queue: 1, queueFor: 600_000 });
      one.run(hang);
      one.run(hang);
      healthProbe({ breaker: createBreaker({ name: 'b' }), ping: hang, pingFor: 600_000 }).start();
      console.log('said all');
    `);
    expect(said).toBe('said all\n');
    expect(performance.now() - before).toBeLessThan(20_000);
  }, 30_000);
});
