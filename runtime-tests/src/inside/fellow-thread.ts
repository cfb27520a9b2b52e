/** A fellow as a thread: Node, Deno and Bun all know `node:worker_threads`. */
import { workerData } from 'node:worker_threads';
import { startFellow } from './fellow.ts';

startFellow(workerData as number);
