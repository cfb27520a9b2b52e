import type { Request } from './traffic.ts';

/** When the circuit entered a state, on `performance.now()`. */
export interface Move {
  readonly to: string;
  readonly at: number;
}

/** What a run is summed up in. A figure that does not exist, such as the delay of what never happened, is `null`. */
export type Figures = Readonly<Record<string, number | null>>;

/** 1 for a request without a useful answer, 0.25 for a failed call, 0.75 for a second of waiting; for 1,000 requests. */
function cost(requests: readonly Request[]): number {
  let sum = 0;
  for (const { ending, took } of requests) {
    sum += (0.75 * took) / 1_000;
    if (ending !== 'answer') sum += 1;
    if (ending === 'failure') sum += 0.25;
  }
  return (1_000 * sum) / requests.length;
}

/** The figures of every run. */
export function figuresOf(requests: readonly Request[], moves: readonly Move[]): Figures {
  const count = (ending: Request['ending']) => requests.filter((each) => each.ending === ending).length;
  return {
    cost: cost(requests),
    requests: requests.length,
    answers: count('answer'),
    refused: count('refusal'),
    failed: count('failure'),
    moves: moves.length,
  };
}

/** How a fault was noticed: which lasted from `broke` until `mended`, on `performance.now()`. */
export function reaction(
  requests: readonly Request[],
  moves: readonly Move[],
  { broke, mended }: { readonly broke: number; readonly mended: number },
): Figures {
  // Adaptive mode answers overload with a limit, without an open period.
  const reacted = moves.find(({ to, at }) => to !== 'closed' && at >= broke)?.at;
  const last = moves.at(-1);
  const closed = last?.to === 'closed' ? last.at : undefined;
  const failures = requests.filter(({ ending }) => ending === 'failure');
  const failedFirst = Math.min(...failures.map(({ began, took }) => began + took).filter((at) => at >= broke));
  const before = requests.filter(({ began }) => began >= broke && began < (reacted ?? -Infinity)).length;
  return {
    reacted: reacted === undefined ? null : reacted - broke,
    reactedAfterFailure: reacted === undefined ? null : Math.max(0, reacted - failedFirst),
    callsBefore: reacted === undefined ? null : before,
    // A circuit that never left the closed state has no return to tell of.
    closed: closed === undefined ? null : Math.max(0, closed - mended),
  };
}
