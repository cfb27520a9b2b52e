import { stringify } from 'yaml';
import { fileShape } from './breaker-shape.ts';
import type { FileData } from './data.ts';

/** Where editors find the schema of files of ours, once the package is installed. */
const SCHEMA = 'node_modules/@switchgear/config/schema.json';

/** Settings as a file of ours says them, in plain values: `'30s'`, `'50%'`. */
function plainFile(data: FileData): Readonly<Record<string, unknown>> {
  return fileShape().write(data) as Readonly<Record<string, unknown>>;
}

/** Settings as the text of a file of ours. */
export function fileText(data: FileData): string {
  const text = stringify(plainFile(data), { lineWidth: 0, flowCollectionPadding: true, aliasDuplicateObjects: false });
  return `# yaml-language-server: $schema=${SCHEMA}\n${text}`;
}
