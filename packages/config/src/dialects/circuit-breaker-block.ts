import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData, RuleData } from '../own/data.ts';
import { text, truth, whole } from '../values/codec.ts';
import { withUnit } from '../values/duration.ts';
import { kindsOf } from '../values/exceptions.ts';
import { plain } from '../values/nearest.ts';
import { readCriteria, readThresholds } from './circuit-breaker-rules.ts';
import {
  blockTable,
  criteriaTable,
  fallbackTable,
  monitoringTable,
  thresholdsTable,
  timeoutsTable,
  windowTable,
} from './circuit-breaker-tables.ts';
import type { Dialect } from './dialect.ts';
import { Section } from './section.ts';

/** The three shapes of a `circuit_breaker` block that descriptions of the pattern show. */
export const circuitBreakerBlock: Dialect = {
  name: 'circuit_breaker',
  title: 'a circuit_breaker block',
  tables: {
    circuit_breaker: blockTable,
    sliding_window: windowTable,
    failure_criteria: criteriaTable,
    thresholds: thresholdsTable,
    timeouts: timeoutsTable,
    fallback: fallbackTable,
    monitoring: monitoringTable,
  },
  fits: (root) => blockIn(root) !== undefined,
  read(documents, account, { name }) {
    const blocks = documents.map((root) => readBlock(blockIn(root) as Place, account));
    const [first = {}] = blocks;
    const named = blocks.map((block, index) => [index === 0 ? name : `${name}-${index + 1}`, block] as const);
    return { defaults: first, breakers: Object.fromEntries(named) };
  },
};

function blockIn(root: Place): Place | undefined {
  return [...(root.entries?.values() ?? [])].find(isBlock);
}

/** By its name; in any other spelling, which others use too, also by its fields. */
function isBlock({ key, entries }: Place): boolean {
  if (!entries || plain(key) !== 'circuitbreaker') return false;
  const known = [...Object.keys(blockTable), ...SECTIONS].map(plain);
  return key === 'circuit_breaker' || [...entries.keys()].some((name) => known.includes(plain(name)));
}

const SECTIONS = ['sliding_window', 'failure_criteria', 'thresholds', 'timeouts'];

function readBlock(place: Place, account: Account): BreakerData {
  const block = new Section(place, account, blockTable);
  const enabled = block.read('enabled', truth);
  const failures = block.read('failure_threshold', whole());
  const recovery = block.read('recovery_timeout', withUnit);
  const successes = block.read('success_threshold', whole());
  const counting = failures === undefined ? [] : countedIn(block, account);
  const { window, minimumCalls } = readWindow(block.section('sliding_window', windowTable));
  const limits = { ...(minimumCalls !== undefined && { minimumCalls }) };
  const timeouts = block.section('timeouts', timeoutsTable);
  const operation = timeouts?.read('operation', withUnit);
  const wait = recovery ?? timeouts?.read('recovery', withUnit);
  timeouts?.rest('timeouts');
  const rules: RuleData[] = [
    ...(failures === undefined ? [] : [{ consecutiveFailures: failures, ...(counting.length > 0 && { counting }) }]),
    ...readCriteria(block.section('failure_criteria', criteriaTable), limits),
    ...readThresholds(block.section('thresholds', thresholdsTable), limits),
  ];
  const [rule] = rules;
  const data: BreakerData = {
    ...(rule && { openWhen: rules.length > 1 ? { anyOf: rules } : rule }),
    ...(window && { window }),
    ...(wait !== undefined && { openFor: { fixed: wait } }),
    ...(successes !== undefined && { recover: { probes: 1, successes } }),
    ...(enabled === false && { mode: 'disabled' as const }),
    ...(operation !== undefined && { timeout: operation }),
    ...readFallback(block.section('fallback', fallbackTable)),
    ...readMonitoring(block.section('monitoring', monitoringTable)),
  };
  block.rest('a circuit_breaker block');
  return data;
}

/** The kinds of failure that the names of exceptions stand for. */
function countedIn(block: Section, account: Account): string[] {
  const kinds = new Set<string>();
  for (const place of block.items('exceptions')) {
    const known = kindsOf(String(place.value));
    if (!known)
      account.note(place, 'not carried', `no kind of failure here is known for ${place.value}: list it under counting`);
    else account.note(place, 'approximated', `counted as ${known.join(', ')}`);
    for (const kind of known ?? []) kinds.add(kind);
  }
  return [...kinds];
}

function readWindow(section: Section | undefined): { window?: { count: number }; minimumCalls?: number | undefined } {
  const size = section?.read('size', whole());
  const minimumCalls = section?.read('minimum_throughput', whole());
  section?.rest('sliding_window');
  return { ...(size !== undefined && { window: { count: size } }), minimumCalls };
}

/** As long as the example of shape two keeps answers. */
const MAX_AGE = 300_000;

function readFallback(section: Section | undefined): Pick<BreakerData, 'fallback'> {
  if (!section) return {};
  const enabled = section.read('enabled', truth) ?? true;
  const isCached = plain(String(section.at('strategy')?.value ?? '')) === 'cachedresponse';
  if (!isCached)
    section.note(
      'strategy',
      'not carried',
      'a fallback other than cached_response needs code: see @switchgear/policies',
    );
  else if (!section.at('max_age'))
    section.note('strategy', 'approximated', 'answers are kept for 5m, because the file does not say how long');
  section.read('strategy', text);
  const maxAge = section.read('max_age', withUnit) ?? MAX_AGE;
  section.rest('fallback');
  return enabled && isCached ? { fallback: { cached: { maxAge } } } : {};
}

function readMonitoring(section: Section | undefined): Pick<BreakerData, 'healthProbe'> {
  const every = section?.read('health_check_interval', withUnit);
  section?.rest('monitoring');
  return every === undefined ? {} : { healthProbe: { every } };
}
