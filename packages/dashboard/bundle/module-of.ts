import type { BundledPage } from './bundle-page.ts';

/** The bundled page in the sources, so that they run without a build. */
export const BUNDLED: URL = new URL('../src/web/bundled.ts', import.meta.url);

/** The licences of the bundled libraries, which are published with the package. */
export const NOTICES: URL = new URL('../THIRD-PARTY-NOTICES.txt', import.meta.url);

/** The module that carries the page. */
export function moduleOf({ script, style }: Pick<BundledPage, 'script' | 'style'>): string {
  return `// Made of \`page/\` by \`pnpm --filter @switchgear/dashboard run page\`; a test compares. Do not edit.

/** The page's program. */
export const SCRIPT: string = ${JSON.stringify(script)};

/** The page's style sheet. */
export const STYLE: string = ${JSON.stringify(style)};
`;
}
