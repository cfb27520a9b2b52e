/**
 * A process that runs the examples of one page, one after another, and tells its parent how each ended. One for each page
 * rather than for each example: most of the time of a small program is the start of its process.
 */
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/** How one example ended. */
export interface ExampleEnded {
  readonly file: string;
  /** What it threw, for a person; nothing when it ran to its end. */
  readonly error?: string;
}

for (const file of process.argv.slice(2)) {
  const error = await import(pathToFileURL(file).href).then(
    () => undefined,
    (thrown: unknown) => inspect(thrown),
  );
  process.send?.({ file, ...(error !== undefined && { error }) } satisfies ExampleEnded);
}
