import type { BreakerData } from '../own/data.ts';
import type { ExportNotes } from './export-notes.ts';
import { trafficPolicy } from './istio-policy.ts';

/** A host with its settings, and those of its ports and subsets. */
interface Host {
  policy: object;
  readonly ports: object[];
  readonly subsets: Map<string, Host>;
}

const host = (): Host => ({ policy: {}, ports: [], subsets: new Map() });

/** DestinationRules of Istio, one for each host. `reviews:80` is a port of it, `reviews/v2` a subset. */
export function destinationRules(
  named: readonly (readonly [name: string, data: BreakerData])[],
  notesFor: (name: string) => ExportNotes,
): readonly object[] {
  const hosts = new Map<string, Host>();
  for (const [name, data] of named) {
    const [, first = name, subset, port] = /^([^/:]+)(?:\/([^/:]+))?(?::(\d+))?$/.exec(name) ?? [];
    const of = within(hosts, first);
    const target = subset === undefined ? of : within(of.subsets, subset);
    const policy = trafficPolicy(data, notesFor(name));
    if (port === undefined) target.policy = policy;
    else target.ports.push({ port: { number: Number(port) }, ...policy });
  }
  return [...hosts].map(([name, of]) => ruleOf(name, of, notesFor));
}

function within(hosts: Map<string, Host>, name: string): Host {
  const found = hosts.get(name) ?? host();
  hosts.set(name, found);
  return found;
}

function ruleOf(name: string, of: Host, notesFor: (name: string) => ExportNotes): object {
  const subsets = [...of.subsets].map(([subset, inner]) => {
    const missing = Object.keys(of.policy).filter((block) => !(block in inner.policy));
    for (const block of missing) {
      // An empty pool stands in the way of the host's; an empty block of another kind would have defaults of its own.
      if (block === 'connectionPool') inner.policy = { ...inner.policy, connectionPool: { http: {} } };
      else notesFor(`${name}/${subset}`).add(block, 'approximated', 'a subset takes over what its host says');
    }
    return { name: subset, ...policyOf(inner) };
  });
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: metadataName(name) },
    spec: { host: name, ...policyOf(of), ...(subsets.length > 0 && { subsets }) },
  };
}

function policyOf({ policy, ports }: Host): object {
  const whole = { ...policy, ...(ports.length > 0 && { portLevelSettings: ports }) };
  return Object.keys(whole).length === 0 ? {} : { trafficPolicy: whole };
}

/** A name that Kubernetes takes. */
function metadataName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return plain.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '') || 'breaker';
}
