import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds that the children of this process have kept a processor busy, all their threads together. Unlike the time on the
 * wall it hardly depends on what else the machine does.
 *
 * @throws {Error} where there is no Linux to tell
 */
export function cpuTimeOfChildren(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
  let nanoseconds = 0;
  for (const child of children === '' ? [] : children.split(' ')) {
    for (const thread of readdirSync(`/proc/${child}/task`)) {
      const [onProcessor = '0'] = readFileSync(`/proc/${child}/task/${thread}/schedstat`, 'utf8').split(' ');
      nanoseconds += Number(onProcessor);
    }
  }
  return nanoseconds / 1_000_000;
}
