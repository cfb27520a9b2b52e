/** Runs the specs in a process: Node, Deno and Bun all know `process`. The report is the last line it writes. */
import { allSpecs } from '../specs/all-specs.ts';
import { runSpecs } from './run-specs.ts';

// No top-level await, which CommonJS does not have.
runSpecs(allSpecs, JSON.parse(process.argv[2] ?? '{}')).then((report) => {
  console.log(JSON.stringify(report));
  // Connections that a spec left open must not keep the process alive.
  process.exit();
});
