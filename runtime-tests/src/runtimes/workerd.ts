import type { Report } from '../inside/report.ts';
import { runSpecs } from '../inside/run-specs.ts';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_THREADS } from '../specs/kit/capability.ts';
import type { Spec } from '../specs/kit/spec.ts';
import { acrossRequests } from '../specs/requests/across-requests.ts';
import { edge } from '../specs/requests/edge.ts';
import { edgeContext } from '../specs/requests/edge-context.ts';
import { sharing } from '../specs/requests/sharing.ts';
import type { Runtime } from './runtime.ts';
import { startWorker } from './start-worker.ts';

/** Cloudflare Workers' runtime, with every breaker made and used inside one request's handler. */
export const workerd: Runtime = {
  name: 'workerd',
  specs: allSpecs,
  has: WITHOUT_THREADS,
  async run(around) {
    await using worker = await startWorker('worker');
    const answer = await fetch(worker.url, { method: 'POST', body: JSON.stringify(around) });
    return (await answer.json()) as Report;
  },
};

/** The same at module scope, while the Worker's modules are evaluated: no I/O, no timers, and a clock that stands still. */
export const workerdModuleScope: Runtime = {
  name: 'workerd-module-scope',
  specs: allSpecs,
  has: ['asyncContext', 'dispose', 'structuredClone'],
  async run() {
    await using worker = await startWorker('worker');
    return (await (await fetch(`${worker.url}/module-scope`)).json()) as Report;
  },
};

/** Each Worker entry with the specs of its two breakers: core's module is evaluated at start in one, in a handler in the other. */
const WORKERS: readonly (readonly [entry: string, specs: readonly Spec[]])[] = [
  [
    'early-worker',
    [...acrossRequests('made at module scope', 'module'), ...acrossRequests('made in a handler', 'handler')],
  ],
  [
    'late-worker',
    [
      ...acrossRequests('module evaluated in a handler, made at its scope', 'module'),
      ...acrossRequests('module evaluated in a handler, made in another', 'handler'),
    ],
  ],
];

/** One isolate, asked from outside by many requests. */
export const workerdAcrossRequests: Runtime = {
  name: 'workerd-across-requests',
  specs: WORKERS.flatMap(([, specs]) => specs),
  // The capabilities of this process, which sends the requests.
  has: WITHOUT_THREADS,
  async run() {
    const reports: Report[] = [];
    for (const [entry, specs] of WORKERS) {
      await using worker = await startWorker(entry);
      reports.push(await runSpecs(specs, { server: worker.url, elsewhere: worker.url }));
    }
    return { capabilities: reports[0]?.capabilities ?? [], results: reports.flatMap(({ results }) => results) };
  },
};

/** One isolate again, with the adapters in it and a server behind it. */
export const workerdAtTheEdge: Runtime = {
  name: 'workerd-at-the-edge',
  specs: [...edge, ...edgeContext],
  has: WITHOUT_THREADS,
  async run({ server }) {
    await using worker = await startWorker('edge-worker');
    return await runSpecs([...edge, ...edgeContext], {
      server: worker.url,
      ...(server !== undefined && { elsewhere: server }),
    });
  },
};

/** Two isolates whose requests carry what they share. */
export const workerdSharing: Runtime = {
  name: 'workerd-sharing',
  specs: sharing,
  has: WITHOUT_THREADS,
  async run({ mailbox }) {
    await using one = await startWorker('sharing-worker');
    await using other = await startWorker('sharing-worker');
    return await runSpecs(sharing, {
      server: one.url,
      elsewhere: other.url,
      ...(mailbox !== undefined && { mailbox }),
    });
  },
};
