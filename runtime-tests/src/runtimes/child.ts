import { execFile } from 'node:child_process';
import type { Report } from '../inside/report.ts';

/** Milliseconds after which a runtime that has not ended is killed. */
const LIMIT = 180_000;

/** Runs a program and reads the report that is the last line it writes. */
export async function reportOf(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Report> {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...inherited } = process.env;
  const { code, stdout, stderr } = await outputOf(program, args, { ...inherited, NO_COLOR: '1', ...environment });
  const [report = ''] = stdout.trimEnd().split('\n').slice(-1);
  if (code === 0 && report.startsWith('{')) return JSON.parse(report);
  throw new Error(`ended with ${code} and no report\n${stderr.slice(0, 2_000)}`);
}

interface Output {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

function outputOf(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Output> {
  const limits = { timeout: LIMIT, killSignal: 'SIGKILL', maxBuffer: 2 ** 24 } as const;
  return new Promise((resolve) => {
    const child = execFile(program, args, { env, ...limits }, (error, stdout, stderr) => {
      const code = child.signalCode ?? child.exitCode ?? -1;
      resolve({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}
