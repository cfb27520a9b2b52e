/**
 * Runs the specs in a process: Node, Deno and Bun all know `process`. The report is the last line it writes.
 *
 * Arguments: the surroundings as JSON, and the program of a thread.
 */
import { Worker } from 'node:worker_threads';
import { allSpecs } from '../specs/all-specs.ts';
import { runSpecs } from './run-specs.ts';

const [, , around = '{}', thread = ''] = process.argv;

function startFellow(number: number): () => unknown {
  const worker = new Worker(thread, { workerData: number });
  return () => worker.terminate();
}

// No top-level await, which CommonJS does not have.
runSpecs(allSpecs, { ...JSON.parse(around), startFellow }).then((report) => {
  console.log(JSON.stringify(report));
  // Connections that a spec left open must not keep the process alive.
  process.exit();
});
