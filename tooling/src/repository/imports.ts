import { posix } from 'node:path';
import type { Node } from 'oxc-parser';
import { type Source, walk } from './syntax.ts';

/** One mention of another module: an import, a re-export, `import()`, or `import('x').T` in a type. */
export interface Import {
  readonly specifier: string;
  /** The path from the root, for a relative specifier. */
  readonly path: string | undefined;
  /** Removed by compilation. */
  readonly typeOnly: boolean;
  readonly start: number;
}

/** Every module a source mentions. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  walk(source.program, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const path = specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : undefined;
    found.push({ specifier, path, typeOnly: isTypeOnly(node), start: node.start });
  });
  return found;
}

/** The package a bare specifier belongs to: `@scope/name/part` is of `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source?.type === 'Literal' && typeof node.source.value === 'string' ? node.source.value : undefined;
    default:
      return undefined;
  }
}

function isTypeOnly(node: Node): boolean {
  switch (node.type) {
    case 'TSImportType':
      return true;
    case 'ImportDeclaration':
      return node.importKind === 'type';
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type';
    default:
      return false;
  }
}
