import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
const what = process.argv[2] ?? "{ createBreaker } from '@switchgear/core'";
const names = what.slice(0, what.indexOf(' from ')).replace('* as ', '');
const r = await build({ stdin: { contents: `import ${what};\nconsole.log(${names});`, resolveDir: process.cwd() }, bundle: true, minify: true, format: 'esm', platform: 'neutral', target: 'es2022', conditions: ['@switchgear/source'], metafile: true, write: false });
const o = Object.values(r.metafile.outputs)[0];
for (const [f, { bytesInOutput: b }] of Object.entries(o.inputs).filter(([, x]) => x.bytesInOutput).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)) console.log(String(b).padStart(6), f);
console.log(r.outputFiles[0].contents.length, gzipSync(r.outputFiles[0].contents, { level: 9 }).length);
