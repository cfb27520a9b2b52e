import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { plain } from '../values/nearest.ts';
import type { Dialect } from './dialect.ts';
import { merged, together } from './dots.ts';
import { readCircuit } from './resilience4j-circuit.ts';
import {
  bulkheadTable,
  readBulkhead,
  readThreadPool,
  readTimeLimiter,
  threadPoolTable,
  timeLimiterTable,
} from './resilience4j-policies.ts';
import { circuitTable } from './resilience4j-table.ts';

type Read = (place: Place, account: Account) => BreakerData;

/** The modules whose instances can be carried. */
const modules: Readonly<Record<string, Read>> = {
  circuitbreaker: readCircuit,
  timelimiter: readTimeLimiter,
  bulkhead: readBulkhead,
  threadpoolbulkhead: readThreadPool,
};

const OTHERS: Readonly<Record<string, string>> = {
  retry: 'repeat calls with the client you use, within retryBudget of @switchgear/policies',
  ratelimiter: 'limiting the rate of calls is not what a breaker does',
  scheduled: 'threads of Java',
  micrometer: 'metrics are exported by @switchgear/otel',
};

/** resilience4j's settings in Spring Boot: `application.yml` and `application.properties`. */
export const resilience4j: Dialect = {
  name: 'resilience4j',
  title: 'settings of resilience4j',
  tables: {
    circuitbreaker: circuitTable,
    timelimiter: timeLimiterTable,
    bulkhead: bulkheadTable,
    'thread-pool-bulkhead': threadPoolTable,
  },
  fits: (root) => [...(root.entries?.keys() ?? [])].some((key) => /^resilience4j(\.|$)/i.test(key)),
  read(documents, account): FileData {
    const breakers: Record<string, BreakerData> = {};
    const root = together(documents, account);
    const top = root && find(root, 'resilience4j');
    for (const module of top?.entries?.values() ?? []) readModule(module, account, breakers);
    // Every other name has the settings that are called default, and so comes last.
    const { [EVERY]: rest, ...named } = breakers;
    return { breakers: { ...named, ...(rest && { [EVERY]: rest }) } };
  },
};

/** The pattern that fits every name. */
const EVERY = '/.*/';

function readModule(module: Place, account: Account, breakers: Record<string, BreakerData>): void {
  const read = modules[plain(module.key)];
  if (!read) {
    account.note(module, 'not carried', OTHERS[plain(module.key)] ?? `${module.key} has no counterpart here`);
    return;
  }
  const configs = find(module, 'configs');
  const instances = find(module, 'instances') ?? find(module, 'backends');
  const byDefault = configs && find(configs, 'default');
  const add = (name: string, data: BreakerData) => {
    breakers[name] = { ...breakers[name], ...data };
  };
  for (const instance of instances?.entries?.values() ?? []) {
    const chain = chainOf(instance, configs, account);
    if (chain)
      add(
        instance.key,
        read(
          chain.reduce((under, over) => merged(under, over)),
          account,
        ),
      );
  }
  if (byDefault)
    add(
      EVERY,
      read(
        (chainOf(byDefault, configs, account) ?? [byDefault]).reduce((under, over) => merged(under, over)),
        account,
      ),
    );
  for (const config of configs?.entries?.values() ?? [])
    account.note(
      config,
      'not carried',
      'no instance takes this from here: each says it itself, or is based on another config',
    );
  for (const place of module.entries?.values() ?? []) {
    if (place !== configs && place !== instances) account.note(place, 'not carried', why(place.key));
  }
}

function why(key: string): string {
  if (/aspect.*order/i.test(plain(key))) return 'aspects of Spring; the order here is that of pipeline(…)';
  if (/^metrics/i.test(key)) return 'metrics are exported by @switchgear/otel';
  return `${key} is neither configs nor instances`;
}

/** A config or an instance with what it is based on, the base first; undefined after a complaint. */
function chainOf(place: Place, configs: Place | undefined, account: Account): Place[] | undefined {
  const chain: Place[] = [];
  const seen = new Set<string>();
  for (let at: Place | undefined = place; at; ) {
    chain.unshift(at);
    const named: Place | undefined = find(at, 'baseConfig');
    const name: string | undefined = named ? String(named.value) : at === place ? 'default' : undefined;
    if (named) account.carry(named);
    const base: Place | undefined = name === undefined || !configs ? undefined : configs.entries?.get(name);
    if (named && !base) {
      account.problem(named, `baseConfig is ${name}, and there is no such config`);
      return undefined;
    }
    if (base === place && !named) break;
    if (base && seen.has(base.key)) {
      account.problem(named ?? place, `baseConfig: ${name} is based on itself`);
      return undefined;
    }
    if (base) seen.add(base.key);
    at = base;
  }
  return chain;
}

function find(place: Place, name: string): Place | undefined {
  return [...(place.entries?.values() ?? [])].find(({ key }) => plain(key) === plain(name));
}
