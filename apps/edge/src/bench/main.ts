/** `bench`: what our packages cost a Worker that starts. A number as its argument sets the rounds, 5 otherwise. */
import { gzipSync } from 'node:zlib';
import { coldStart } from './cold-start.ts';
import { subjects } from './subjects.ts';

const rounds = Number(process.argv[2] ?? 5);
for (const { name, code } of await subjects()) {
  const { ms, bytes } = await coldStart(code, rounds);
  const packed = gzipSync(code, { level: 9 }).byteLength;
  console.log(`${name.padEnd(36)} ${ms.toFixed(2).padStart(6)} ms   ${bytes} bytes, ${packed} compressed`);
}
