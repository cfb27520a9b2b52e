import { inFile, type Mutant } from './mutant.ts';

const ADAPTIVE = ['adaptive/', 'vitals/'];
const LIFE = ['adaptive/life.property'];

/** Mistakes in adaptive mode: its count of calls, its silence, its ramp. The first few can be found only by the random histories. */
export const adaptiveMutants: readonly Mutant[] = [
  ...inFile('vitals/learned-vitals.ts', LIFE, [
    ['    this.outstanding--;\n', '', 'calls under way never end'],
    ['began >= this.#loadSince', 'began > this.#loadSince', 'the first calls of a stay do not count as its load'],
    [
      'if (began >= this.#loadSince) this.load--',
      'this.load--',
      'calls of an earlier stay are taken off the load of this one',
    ],
    ['    this.load = 0;\n', '', 'calls that hang since before an outage are load'],
    ['Math.min(this.unanswered, this.outstanding)', 'this.unanswered', 'an answer is expected after an abort'],
  ]),
  ...inFile('call/settle.ts', LIFE, [
    ['call.observer?.ended', 'if (call.id) call.observer?.ended', 'only the ends of probes are observed'],
  ]),
  ...inFile('call/admit.ts', LIFE, [
    ['this.observer = circuit.observer', 'this.observer = undefined', 'permits are counted and never given back'],
  ]),
  ...inFile('breaker/operate.ts', ADAPTIVE, [
    ['if (vitals !== before?.vitals) ', '', 'new options forget the calls under way'],
  ]),
  ...inFile('adaptive/self-clocked.ts', LIFE, [
    ['at < memory.alive + this.#permitTimeout', 'true', 'a ramp all of whose calls are lost stays full for ever'],
    ['if (probe && at < probe.until)', 'if (probe)', 'a lost probe is waited for for ever'],
  ]),
  ...inFile('adaptive/self-clocked.ts', ADAPTIVE, [
    ['memory: { ...memory, probe: undefined }', 'memory', 'an ignored probe keeps its place'],
    [' || at >= memory.open + this.#permitTimeout', '', 'one lost call of a ramp keeps it half-open for good'],
    ['if (id <= fence) return { memory };', '', 'calls sent before a cut count after it'],
    ['lost: Number(!!probe), ...(probe && ANEW)', 'lost: Number(!!probe)', 'a lost probe still counts'],
    ['gap > COLD * normalLatency ?', 'true ?', 'the first limit is NaN if no time has passed'],
    ['!memory.hasServed || ', '', 'it is cut again and again while no call succeeds'],
    ['if (acceptLatency && memory.fromClosed)', 'if (false)', 'a service that is slower now is kept half-open'],
  ]),
  ...inFile('adaptive/limit.ts', ADAPTIVE, [
    ['if (load + 1 < Math.floor(calls)) return limit;', '', 'a limit grows without being reached'],
    ['Math.min(calls, peak) / 2', 'calls / 2', 'a cut halves a limit that was never reached'],
    [
      'calls, slowAt: undefined, acceptLatency: true }',
      'calls, slowAt: undefined }',
      'a service that is slow but works is limited for ever',
    ],
  ]),
  ...inFile('adaptive/adaptive.ts', ADAPTIVE, [
    ['this.vitals.unanswered > LEAST_UNANSWERED && this.#silence(at)', 'undefined', 'silence is not seen'],
    ['return isSlow(this.vitals) ? this.#overload(at) : undefined;', 'return undefined;', 'overload is not seen'],
  ]),
  ...inFile('vitals/learned-vitals.ts', ADAPTIVE, [
    ['Math.min(at - this.#lastOffer, this.#longestPause)', 'at - this.#lastOffer', 'a stalled event loop is silence'],
    ['&& this.#latencies.isWarm', '', 'a start is silence'],
    ['this.unanswered > 0 && ', '', 'silence begins before anything was sent'],
    ['Math.min(MOST_MEMORY, ', 'Math.min(Infinity, ', 'a night that was spent open is remembered for days'],
  ]),
  ...inFile('circuit/fast-path.ts', ADAPTIVE, [['  circuit.observer?.forget();\n', '', 'silence outlives a reset']]),
  ...inFile('circuit/dispatch.ts', ADAPTIVE, [
    [
      "{ ...move, to: 'open' }, luckOf(circuit), UNTOUCHED",
      '{ ...move, to }, luckOf(circuit), UNTOUCHED',
      'in shadow mode an overload is announced at every call',
    ],
  ]),
  ...inFile('vitals/estimates.ts', ADAPTIVE, [
    ['      this.#count++;\n      return false;', '      return false;', 'calls close together count once'],
    [' * (1 - Math.exp(-age / MEMORY))', '', 'a young count is too low'],
  ]),
  ...inFile('open-for/growing.ts', ADAPTIVE, [
    ['vitals.unservedSince', 'vitals.lastSuccess', 'an idle night counts as an outage'],
  ]),
];
