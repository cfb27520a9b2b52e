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
    [' : this.#permitTimeout);', ' : Infinity);', 'one lost call of a ramp keeps it half-open for good'],
    ['if (id <= fence) return { memory };', '', 'calls sent before a cut count after it'],
    ['lost: Number(!!probe), ...(probe && ANEW)', 'lost: Number(!!probe)', 'a lost probe still counts'],
    ['!memory.hasServed || ', '', 'it is cut again and again while no call succeeds'],
    [
      'return at >= open + Math.max(SERVED',
      'return at < 0 && at >= open + Math.max(SERVED',
      'a slower service stays limited',
    ],
    ['Math.max(SERVED, SERVED_ROUNDS * latency)', 'SERVED', 'slowness is accepted within a few answers'],
    [
      'Math.max(SERVED, SERVED_ROUNDS * latency)',
      'SERVED_ROUNDS * latency',
      'slowness of quick calls is accepted at once',
    ],
    ['Math.min(BATCH * latency, this.#permitTimeout)', '0', 'a batch of answers closes a circuit that still refuses'],
    [
      'this.#failed(afterFailure(limit, duration, at), counted)',
      'this.#failed(limit, counted)',
      'a late failure ends no raise',
    ],
  ]),
  ...inFile('adaptive/first-limit.ts', ADAPTIVE, [
    ['gap > COLD * normalLatency ?', 'true ?', 'the first limit is NaN if no time has passed'],
    [
      'Math.min(vitals.load, CHANCE * (normalLoad(vitals, at) + 1))',
      'vitals.load',
      'the load that is too much is the first limit',
    ],
    ['CHANCE * (normalLoad(vitals, at) + 1)', 'normalLoad(vitals, at)', 'the first limit leaves no room for chance'],
  ]),
  ...inFile('adaptive/limit.ts', ADAPTIVE, [
    ['load + 1 >= Math.floor(limit.calls)', 'true', 'a limit grows without being reached'],
    ['Math.min(calls, peak) / 2', 'calls / 2', 'a cut halves a limit that was never reached'],
    ['if (isReached) return raised(', 'if (false) return raised(', 'a limit is never raised while calls are slow'],
    ['isBold ? BOLD : CAREFUL', 'CAREFUL', 'raises are careful from the start'],
    ['isBold ? BOLD : CAREFUL', 'BOLD', 'raises stay bold though a limit was too high'],
    [' || latency < SLOWER * limit.usual', '', 'what raises have shown to be usual is not used'],
    [
      'if (raise && vitals.latency > SLOWER * raise.latency)',
      'if (false && raise)',
      'a raise that makes calls slower goes on',
    ],
    ['raise && duration > SLOWER * raise.latency', 'false && raise', 'a late failure ends no raise at all'],
    [': { ...limit, calls: shrunk(calls, vitals) }', ': limit', 'a limit does not shrink while calls are slow'],
    ['Math.max(NOT_THE_LOAD, calls', 'Math.max(1, calls', 'slow calls are limited to fewer than can be the load'],
    ['next: at + PAUSE * latency', 'next: at', 'the next raise follows at once'],
  ]),
  ...inFile('adaptive/watching.ts', ADAPTIVE, [
    ['this.vitals.unanswered > LEAST_UNANSWERED && this.#silence(at)', 'undefined', 'silence is not seen'],
    ['if (isSlow(this.vitals)) return this.#overload(at);', '', 'overload is not seen'],
    ['if (lateFor < patience) return undefined;', '', 'a surge is an overload each time'],
    [
      'Math.max(LEAST_PATIENCE, PATIENCE * normalLatency, patience)',
      'Math.max(PATIENCE * normalLatency, patience)',
      'a burst in one block is silence',
    ],
    ['PATIENCE * normalLatency, patience)', 'PATIENCE * normalLatency)', 'each silence that ends by itself opens'],
    ['if (late <= limit) {', 'if (load <= limit) {', 'a burst is an overload'],
    [' * (1 + normal);', ';', 'a service that is only slower now is an overload'],
  ]),
  ...inFile('vitals/learned-vitals.ts', ADAPTIVE, [
    ['Math.min(at - this.#lastOffer, this.#longestPause)', 'at - this.#lastOffer', 'a stalled event loop is silence'],
    ['&& this.#latencies.isWarm', '', 'a start is silence'],
    ['this.unanswered > 0 && ', '', 'silence begins before anything was sent'],
    ['if (this.unanswered === 0) this.#silentSince = this.#callingTime;', '', 'silence began with the breaker'],
    ["if (phase === 'half-open') this.#latencies.restart();", '', 'a recovery is judged by the latency before it'],
  ]),
  ...inFile('vitals/outages.ts', ADAPTIVE, [
    ['Math.min(MOST_MEMORY, ', 'Math.min(Infinity, ', 'a night that was spent open is remembered for days'],
    ['this.#unserved < BLIP ? this.#unserved : 0', '0', 'no outage is a blip'],
    ['this.#unserved < BLIP ? this.#unserved : 0', 'this.#unserved', 'every outage is a blip'],
    ['this.#wasCalm && this.#last < SURGE', 'this.#last < SURGE', 'an overload that comes back at once is a surge'],
    ['this.#wasCalm && this.#last < SURGE', 'this.#wasCalm', 'every overload is a surge'],
    ['this.#answered ? this.patience(at) : 0', 'this.patience(at)', 'a blip of failures is a pause'],
    ['this.#answered = false;', '', 'each blip after a pause is one'],
    ["if (to === 'open' && this.", 'if (this.', 'an overload is a blip'],
  ]),
  ...inFile('vitals/rounds.ts', ADAPTIVE, [
    [
      'Math.max(LEAST_ROUND, ROUND * normalLatency)',
      'ROUND * normalLatency',
      'a spike of a tenth of a second is an overload',
    ],
    ['return load > this.#loadAtPrevious &&', 'return', 'a burst that is being served is an overload'],
    ['load > this.#loadAtPrevious &&', 'load > this.#loadAtThis &&', 'one arrival while a burst drains is growth'],
    [' && late > STILL * this.#loadAtPrevious', '', 'a burst that is nearly served is an overload when another comes'],
    ['this.#inPrevious = this.#inThis;', 'this.#inPrevious = 0;', 'a call of the previous round is late'],
    [
      'this.#loadAtThis + this.#inThis - 1',
      'this.#loadAtThis',
      'a job is an overload if a round passes without a call',
    ],
  ]),
  ...inFile(
    'detector/sequential-test.ts',
    [...ADAPTIVE, 'detector/'],
    [
      ['if (at - this.#since < this.#patience(at)) return false;', '', 'a blip opens as soon as the one before did'],
      ['if (this.#change === 0) this.#since = at;', '', 'failures of long ago are part of a blip'],
    ],
  ),
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
    ['this.isWarm ||= ', 'this.isWarm = ', 'an overload takes warm-up back'],
    ['(isUnusual ? SLOWLY : 1)', '1', 'the normal latency follows a brownout'],
    [
      'this.present > UNUSUAL * this.#learnt;',
      'duration > this.#learnt && this.present > UNUSUAL * this.#learnt;',
      'the normal latency falls faster than it rises',
    ],
    ['    if (!isOfNow) return;\n', '', 'latencies are learnt from calls of another era'],
  ]),
  ...inFile('vitals/estimates.ts', ADAPTIVE, [
    ['    this.#recent = 0;\n', '', 'the present latency is never begun anew'],
  ]),
  ...inFile('open-for/square-root.ts', ADAPTIVE, [
    ['vitals.unservedSince', 'vitals.lastSuccess', 'an idle night counts as an outage'],
  ]),
];
