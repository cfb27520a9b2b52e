/**
 * A process that runs the examples of one page in turn and reports to its parent how each ended. There is one process a
 * page, because starting a process takes longer than running an example.
 */
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/** How one example ended. */
export interface ExampleEnded {
  readonly file: string;
  /** What it threw, as text; left out if it ran to its end. */
  readonly error?: string;
}

for (const file of process.argv.slice(2)) {
  const error = await import(pathToFileURL(file).href).then(
    () => undefined,
    (thrown: unknown) => inspect(thrown),
  );
  process.send?.({ file, ...(error !== undefined && { error }) } satisfies ExampleEnded);
}
