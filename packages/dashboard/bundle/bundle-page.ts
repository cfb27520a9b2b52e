import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The page as two texts that can stand in an HTML document, and the licences of what others wrote of it. */
export interface BundledPage {
  readonly script: string;
  readonly style: string;
  readonly notices: string;
}

/** Where Vite puts the licences of the libraries that are in the bundle. */
const LICENCES = 'licences.json';

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
      license: { fileName: LICENCES },
      rolldownOptions: { input: `${ROOT}page/main.tsx` },
    },
  })) as Rolldown.RolldownOutput;
  return { script: scriptOf(output), style: styleOf(output), notices: noticesOf(output) };
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

/** The notices as the package carries them. A library without a licence text must not get into the bundle. */
function noticesOf({ output }: Rolldown.RolldownOutput): string {
  const licences = output.find((each) => each.type === 'asset' && each.fileName === LICENCES);
  const libraries = JSON.parse(licences?.type === 'asset' ? String(licences.source) : '[]') as Library[];
  if (libraries.length === 0) throw new Error('Vite has listed no licences of the libraries in the page');
  const notices = libraries.map(({ name, version, identifier, text }) => {
    if (!text) throw new Error(`${name} is in the page and has no file with its licence`);
    return `${'-'.repeat(80)}\n\n${name} ${version} (${identifier ?? 'see below'})\n\n${text}\n`;
  });
  return `The page of @switchgear/dashboard contains the code of these libraries.\n\n${notices.join('\n')}`;
}

/** A library as Vite lists it. */
interface Library {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string;
  readonly text?: string;
}
