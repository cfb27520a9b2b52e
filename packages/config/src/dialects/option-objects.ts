import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { plain } from '../values/nearest.ts';
import { circuitBreakerJsTable, readCircuitBreakerJs } from './circuit-breaker-js.ts';
import type { Dialect, DialectName, Table } from './dialect.ts';
import { fastifyTable, readFastify } from './fastify.ts';
import { opossumTable, readOpossum } from './opossum.ts';
import { Section } from './section.ts';
import { readUndici, undiciTable } from './undici.ts';

/** Options of another library for one breaker, as an object or a file that holds one. */
interface Kind {
  readonly title: string;
  readonly table: Table;

  /** Options that only this library has. */
  readonly signs: readonly string[];
  readonly read: (of: Section, account: Account) => BreakerData;
}

const kinds: Readonly<Partial<Record<DialectName, Kind>>> = {
  opossum: {
    title: 'options of opossum',
    table: opossumTable,
    signs: ['errorThresholdPercentage', 'rollingCountTimeout', 'rollingCountBuckets', 'allowWarmUp'],
    read: readOpossum,
  },
  'circuit-breaker-js': {
    title: 'options of circuit-breaker-js',
    table: circuitBreakerJsTable,
    signs: ['windowDuration', 'timeoutDuration', 'numBuckets'],
    read: readCircuitBreakerJs,
  },
  undici: {
    title: "options of undici's circuit breaker",
    table: undiciTable,
    signs: ['successThreshold', 'maxHalfOpenRequests', 'statusCodes', 'errorCodes'],
    read: readUndici,
  },
  fastify: {
    title: "options of fastify's circuit breaker",
    table: fastifyTable,
    signs: ['circuitOpenErrorMessage', 'timeoutErrorMessage', 'onCircuitOpen', 'onTimeout'],
    read: readFastify,
  },
};

/** The dialects of option objects: of one breaker, or of several by name. */
export function optionObjects(): readonly Dialect[] {
  return Object.entries(kinds).map(([name, kind]) => dialectOf(name as DialectName, kind));
}

function dialectOf(name: DialectName, { title, table, signs, read }: Kind): Dialect {
  const isOne = (place: Place) => keysOf(place).some((key) => signs.map(plain).includes(key));
  return {
    name,
    title,
    tables: { options: table },
    fits: (root) => isOne(root) || allOf(root, isOne),
    read(documents, account, { name: byDefault }): FileData {
      const breakers: Record<string, BreakerData> = {};
      let unnamed: BreakerData | undefined;
      for (const root of documents) {
        const several = !isOne(root) && allOf(root, (place) => place.entries !== undefined);
        for (const place of several ? (root.entries?.values() ?? []) : [root]) {
          const of = new Section(place, account, table);
          const data = read(of, account);
          of.rest(title);
          const own = table['name'] ? of.at('name')?.value : undefined;
          const called = several ? place.key : String(own ?? byDefault);
          breakers[Object.hasOwn(breakers, called) ? `${called}-${Object.keys(breakers).length + 1}` : called] = data;
          if (!several && own === undefined) unnamed ??= data;
        }
      }
      return { breakers, ...(unnamed && { defaults: unnamed }) };
    },
  };
}

function allOf(root: Place, fits: (place: Place) => boolean): boolean {
  const parts = [...(root.entries?.values() ?? [])];
  return parts.length > 0 && parts.every(fits);
}

function keysOf(place: Place): readonly string[] {
  return [...(place.entries?.keys() ?? [])].map(plain);
}
