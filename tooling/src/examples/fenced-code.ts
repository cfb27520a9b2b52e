/** A block of TypeScript in a page, which a reader may copy. */
export interface Example {
  /** `README.md:12`, the line of its first line of code. */
  readonly where: string;
  readonly code: string;
  /** Marked `ts run`: it is not only compiled. */
  readonly run: boolean;
}

/** The blocks that begin with three backticks and `ts`. Text that is no whole program belongs in a block of another kind. */
export function fencedCode(path: string, page: string): Example[] {
  const examples: Example[] = [];
  for (const found of page.matchAll(/^```ts( run)?\n([\s\S]*?)^```$/gm)) {
    const line = page.slice(0, found.index).split('\n').length + 1;
    examples.push({ where: `${path}:${line}`, code: found[2] ?? '', run: found[1] !== undefined });
  }
  return examples;
}
