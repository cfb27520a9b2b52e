import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('a process that has read the clock ends when its own work does', () => {
  const program = `
    import { coarseClock } from '@switchgear/coarse-clock';
    const { now } = coarseClock();
    console.log(typeof now(), process.getActiveResourcesInfo().includes('Timeout'));
  `;
  const args = ['--conditions=@switchgear/source', '--input-type=module', '--eval', program];
  const printed = execFileSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8', timeout: 20_000 });
  // An unref'd timer is not among the resources that keep a process alive.
  expect(printed).toBe('number false\n');
});

it('the real timer moves the time on', async () => {
  const { coarseClock } = await import('../src/index.ts');
  const { now } = coarseClock({ resolution: 1 });
  const start = now();
  const later = await new Promise<number>((resolve) => {
    const watch = setInterval(() => {
      if (now() === start) return;
      clearInterval(watch);
      resolve(now());
    });
  });
  expect(later).toBeGreaterThan(start);
});
