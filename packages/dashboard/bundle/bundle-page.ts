import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The page as two texts that can stand in an HTML document. */
export interface BundledPage {
  readonly script: string;
  readonly style: string;
}

/** Bundles the page with all it needs. The same sources make the same texts. */
export async function bundlePage(): Promise<BundledPage> {
  const output = (await build({
    configFile: false,
    root: ROOT,
    mode: 'production',
    logLevel: 'warn',
    // Said here, so that the same comes of it wherever this runs: under a test, say.
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['module', 'browser', 'production'] },
    plugins: [oneLanguage],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      cssMinify: true,
      minify: true,
      rolldownOptions: { input: `${ROOT}page/main.tsx` },
    },
  })) as Rolldown.RolldownOutput;
  return { script: scriptOf(output), style: styleOf(output) };
}

/** uPlot asks the browser for its language at import, and falls over the one of a POSIX locale. Our sentences are English anyway. */
const oneLanguage: Plugin = {
  name: 'one-language',
  transform(code, id) {
    if (!id.includes('uPlot.esm')) return null;
    if (!code.includes('nav.language')) throw new Error('uPlot asks for the language in another way now');
    return { code: code.replaceAll('nav.language', "'en-GB'"), map: null };
  },
};

function scriptOf({ output }: Rolldown.RolldownOutput): string {
  const chunks = output.filter((each) => each.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`the page is one script, not ${chunks.length}`);
  const code = chunks[0]?.code.trim() ?? '';
  // In a document either would end the script, or begin a comment.
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

function styleOf({ output }: Rolldown.RolldownOutput): string {
  const sheets = output.filter((each) => each.type === 'asset' && each.fileName.endsWith('.css'));
  if (sheets.length !== 1) throw new Error(`the page has one style sheet, not ${sheets.length}`);
  return String(sheets[0]?.type === 'asset' ? sheets[0].source : '').trim();
}
