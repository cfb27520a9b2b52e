import { requireOneOf } from '@switchgear/core/adapter';
import { stringify } from 'yaml';
import { regExpOf } from '../load/pattern.ts';
import type { Settings } from '../load/settings.ts';
import { type BreakerData, laidOver } from '../own/data.ts';
import { fileText } from '../own/write-file.ts';
import { envoyCluster } from './envoy-cluster.ts';
import { type ExportNote, ExportNotes } from './export-notes.ts';
import { destinationRules } from './istio-rules.ts';
import { resilience4jInstances } from './resilience4j-instances.ts';

/** What settings can be written for. */
export type ExportTarget = 'switchgear' | 'envoy' | 'istio' | 'resilience4j';

/** Settings in the words of another library or mesh. */
export interface Exported {
  /** A YAML file. */
  readonly text: string;

  /** What could not be said exactly. */
  readonly notes: readonly ExportNote[];
}

const targets = { switchgear: undefined, envoy: envoyText, istio: istioText, resilience4j: resilience4jText } as const;

/**
 * Writes settings for this library, for Envoy, for Istio or for resilience4j. What the other cannot say is left out and noted.
 *
 * @throws {TypeError} if the target is not known
 * @example
 * ```ts
 * const { text, notes } = exportTo('istio', load('breakers.yaml'));
 * ```
 */
export function exportTo(target: ExportTarget, { data }: Pick<Settings, 'data'>): Exported {
  requireOneOf('exportTo', target, Object.keys(targets));
  const write = targets[target];
  if (!write) return { text: fileText(data), notes: [] };
  const notes: ExportNote[] = [];
  const named = Object.entries(data.breakers).map(([name, own]) => [name, laidOver(data.defaults, own)] as const);
  return { text: write(named, notes), notes };
}

type Named = readonly (readonly [name: string, data: BreakerData])[];

/** Those with a name. A mesh has no patterns. */
function withName(named: Named, notes: ExportNote[]): Named {
  return named.filter(([name]) => {
    const isPattern = regExpOf(name) !== undefined;
    if (isPattern) notes.push({ path: name, said: 'not carried', why: 'a pattern for names has no counterpart' });
    return !isPattern;
  });
}

function envoyText(named: Named, notes: ExportNote[]): string {
  const clusters = withName(named, notes).map(([name, data]) => envoyCluster(name, data, new ExportNotes(name, notes)));
  return yaml({ static_resources: { clusters } });
}

function istioText(named: Named, notes: ExportNote[]): string {
  const rules = destinationRules(withName(named, notes), (name) => new ExportNotes(name, notes));
  return rules.map(yaml).join('---\n');
}

function resilience4jText(named: Named, notes: ExportNote[]): string {
  const rest = named.find(([name]) => name === '/.*/')?.[1];
  const others = withName(
    named.filter(([name]) => name !== '/.*/'),
    notes,
  );
  return yaml(resilience4jInstances(others, rest, (name) => new ExportNotes(name, notes)));
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
