/** What a call costs without and with us, measured in turn, so that what else the machine does falls on both. */
export interface Comparison {
  /** With us over without us, one for each pair, in rising order. */
  readonly ratios: readonly number[];

  /** Microseconds of processor time a call, the median of all samples. */
  readonly alone: number;
  readonly protectedCall: number;
}

/** How often, and how many calls at a time. */
export interface Effort {
  readonly pairs: number;
  readonly calls: number;
}

type Call = () => Promise<unknown>;

/** Measures in pairs, and begins every other pair with the other of the two. */
export async function compare(alone: Call, protectedCall: Call, { pairs, calls }: Effort): Promise<Comparison> {
  for (let warm = 0; warm < 3; warm += 1) for (const call of [alone, protectedCall]) await sample(call, calls);
  const samples: { alone: number; protectedCall: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = await sample(pair % 2 ? alone : protectedCall, calls);
    const second = await sample(pair % 2 ? protectedCall : alone, calls);
    samples.push(pair % 2 ? { alone: first, protectedCall: second } : { alone: second, protectedCall: first });
  }
  const rising = (of: (each: (typeof samples)[number]) => number) => samples.map(of).sort((a, b) => a - b);
  return {
    ratios: rising((each) => each.protectedCall / each.alone),
    alone: quantile(
      rising((each) => each.alone),
      0.5,
    ),
    protectedCall: quantile(
      rising((each) => each.protectedCall),
      0.5,
    ),
  };
}

/** A comparison in a line of text. */
export function describe(what: string, { ratios, alone, protectedCall }: Comparison): string {
  const at = (share: number) => quantile(ratios, share).toFixed(3);
  return [
    what.padEnd(32),
    `${at(0.5)} times`,
    `half of ${ratios.length} pairs within ${at(0.25)} and ${at(0.75)}, all within ${at(0)} and ${at(1)}`,
    `${alone.toFixed(1)} µs alone, ${protectedCall.toFixed(1)} µs with a breaker`,
  ].join('   ');
}

/** Microseconds of this process for a call, one call after the other. What the server does and what we wait for is not in it. */
async function sample(call: Call, calls: number): Promise<number> {
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) await call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / calls;
}

/** @param sorted in rising order */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}
