// Starts a server on a free port, asks it for the paths of the first argument, and prints what it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const [paths, ...command] = process.argv.slice(2);
const server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
const ended = once(server, 'exit');
try {
  const url = await new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        const port = /Ready/.test(said) && /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(said)?.[1];
        if (port) resolve(`http://127.0.0.1:${port}`);
      });
    }
    ended.then(([code]) => reject(new Error(`it ended with ${code}:\n${said}`)));
  });
  for (const path of paths.split(',')) console.log(await (await fetch(url + path)).text());
} finally {
  // The whole group, because servers start others.
  if (server.exitCode === null) process.kill(-server.pid);
  await ended;
}
