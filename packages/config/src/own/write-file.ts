import { stringify } from 'yaml';
import { breakerShape, fileShape } from './breaker-shape.ts';
import type { BreakerData, FileData } from './data.ts';

/** Where editors find the schema of files of ours, once the package is installed. */
export const SCHEMA = 'node_modules/@switchgear/config/schema.json';

/** Settings as a file of ours says them, in plain values: `'30s'`, `'50%'`. */
export function plainFile(data: FileData): Readonly<Record<string, unknown>> {
  return fileShape().write(data) as Readonly<Record<string, unknown>>;
}

/** The settings of one breaker in plain values. */
export function plainBreaker(data: BreakerData): Readonly<Record<string, unknown>> {
  return breakerShape().write(data) as Readonly<Record<string, unknown>>;
}

/** Settings as the text of a file of ours. */
export function fileText(data: FileData): string {
  const text = stringify(plainFile(data), { lineWidth: 0, flowCollectionPadding: true, aliasDuplicateObjects: false });
  return `# yaml-language-server: $schema=${SCHEMA}\n${text}`;
}
