import type { Guarded } from './subject.ts';

/** More failures than any rule here needs. */
const PLENTY = 300;

/** Makes calls that fail until one is refused. */
export async function open({ call }: Guarded): Promise<void> {
  for (let i = 0; i < PLENTY; i++) {
    let made = false;
    const attempt = call(async () => {
      made = true;
      throw new Error('down');
    });
    await attempt.catch(() => undefined);
    if (!made) return;
  }
  throw new Error(`after ${PLENTY} failures the circuit still lets calls through`);
}
