import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** The part of the machine that has to be idle: client and server together need less. */
const IDLE = 0.4;

/** How long to look, and how often, in milliseconds. */
const LOOK = 1_000;
const LOOKS = 20;

/** Waits until the machine has room, for 20 s at most: other work would be mistaken for a fault of the server. */
export async function quiet(): Promise<void> {
  for (let look = 0; look < LOOKS && (await idleShare()) < IDLE; look++);
}

async function idleShare(): Promise<number> {
  const before = times();
  await pause(LOOK);
  const after = times();
  return (after.idle - before.idle) / (after.all - before.all);
}

/** What all processors have done since they started. */
function times(): { idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const cpu of os.cpus()) {
    idle += cpu.times.idle;
    all += Object.values(cpu.times).reduce((sum, each) => sum + each, 0);
  }
  return { idle, all };
}
