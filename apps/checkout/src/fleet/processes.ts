import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Run, unlessStopped } from '../demo/run/run.ts';
import { BUSES, type BusName } from './bus.ts';
import type { WorkerMessage } from './worker-message.ts';

/** The processes of a fleet, which all listen at one address. */
export interface Processes {
  readonly url: string;

  /** From now on no report reaches anybody. Returns what was done. */
  cutBus(): string;

  /** Has each process try the payments that it owes. Resolves to how many are left. */
  drain(): Promise<number>;
}

/** Options of {@link startProcesses}. */
export interface ProcessesOptions {
  readonly bus: BusName;
  readonly size: number;

  /** For each process. */
  readonly environment: Readonly<Record<string, string>>;

  /** Receives what the processes tell, each under its number: 1 for the first. */
  readonly onMessage: (number: number, message: WorkerMessage) => void;
}

/** Starts the processes. One that ends before the run does fails the run. */
export async function startProcesses(
  { bus, size, environment, onMessage }: ProcessesOptions,
  run: Run,
): Promise<Processes> {
  const begun = await BUSES[bus].begin();
  run.cleanup.defer(async () => {
    await begun.end();
  });
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    execArgv: ['--conditions=@switchgear/source'],
    args: [],
  });
  const own = { ...environment, ...begun.environment, BUS: bus };
  const started = Array.from({ length: size }, (_, i) => start(i + 1, own, onMessage, run));
  const ready = await unlessStopped(Promise.all(started), run);
  return {
    url: ready[0]?.url ?? '',
    cutBus() {
      void begun.cut();
      return begun.said;
    },
    async drain() {
      const answers = ready.map(({ worker }) => heard(worker, 'drained'));
      for (const { worker } of ready) worker.send({ type: 'drain' });
      return (await unlessStopped(Promise.all(answers), run)).reduce((sum, { left }) => sum + left, 0);
    },
  };
}

async function start(
  number: number,
  environment: Readonly<Record<string, string>>,
  onMessage: ProcessesOptions['onMessage'],
  run: Run,
): Promise<{ readonly worker: Worker; readonly url: string }> {
  const worker = cluster.fork(environment);
  const onUnexpectedEnd = (code: number) => run.fail(new Error(`Process ${number} of the shop ended with ${code}`));
  worker.once('exit', onUnexpectedEnd);
  run.cleanup.defer(async () => {
    worker.off('exit', onUnexpectedEnd);
    if (worker.isDead()) return;
    const ended = once(worker, 'exit');
    worker.kill();
    await ended;
  });
  worker.on('message', (message: WorkerMessage) => onMessage(number, message));
  const { url } = await heard(worker, 'ready');
  return { worker, url };
}

/** The next message of this type. */
function heard<Type extends WorkerMessage['type']>(
  worker: Worker,
  type: Type,
): Promise<Extract<WorkerMessage, { readonly type: Type }>> {
  return new Promise((resolve) => {
    worker.on('message', function take(message: WorkerMessage) {
      if (message.type !== type) return;
      worker.off('message', take);
      resolve(message as Extract<WorkerMessage, { readonly type: Type }>);
    });
  });
}
