import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1/DestinationRule';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { exportTo, load } from '../src/index.ts';

const here = new URL('./files/', import.meta.url);
const files = [
  'application.yml',
  'appsettings.json',
  'breakers.yaml',
  'circuit-breaker-1.yaml',
  'circuit-breaker-3.yaml',
  'destination-rules.yaml',
  'envoy-bootstrap.yaml',
  'envoy-dump.json',
  'hystrix.properties',
  'opossum.json',
];
const exported = (file: string, target: 'envoy' | 'istio') =>
  exportTo(target, load(new URL(file, here), { env: {} })).text;

describe("Istio's own schema of a DestinationRule", () => {
  it.each(files)('accepts what %s is written as', (file) => {
    const rules = parseAllDocuments(exported(file, 'istio')).map((document) => document.toJS() as object);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) new DestinationRule(rule as never).validate();
  });

  it('refuses a rule with a field of the wrong type, so it does look', () => {
    const wrong = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      spec: { host: 'a', trafficPolicy: { outlierDetection: { interval: 5 } } },
    };
    expect(() => new DestinationRule(wrong as never).validate()).toThrow();
  });
});

/** Envoy's cluster, by the protocol files that gRPC ships. */
function clusterType(): protobuf.Type {
  const require = createRequire(import.meta.url);
  const deps = join(dirname(require.resolve('@grpc/grpc-js-xds/package.json')), 'deps');
  const folders = ['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate', 'cel-spec/proto'];
  const own = dirname(require.resolve('protobufjs/package.json'));
  const roots = [...folders.map((folder) => join(deps, folder)), own];
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => {
    for (const folder of roots) {
      try {
        readFileSync(join(folder, target));
        return join(folder, target);
      } catch {}
    }
    return target;
  };
  root.loadSync('envoy/config/cluster/v3/cluster.proto');
  return root.lookupType('envoy.config.cluster.v3.Cluster');
}

/** What a message does not have a field for, or not of this type: as Envoy reads YAML, by names and JSON's rules. */
function* strangers(value: Readonly<Record<string, unknown>>, type: protobuf.Type, path: string): Generator<string> {
  for (const [key, part] of Object.entries(value)) {
    const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
    const field = type.fieldsArray.find(({ name }) => plain(name) === plain(key));
    if (!field) {
      yield `${path}.${key}`;
      continue;
    }
    field.resolve();
    const inner = field.resolvedType instanceof protobuf.Type ? field.resolvedType : undefined;
    for (const each of field.repeated ? (part as unknown[]) : [part]) {
      if (!inner) continue;
      if (inner.name === 'Duration') {
        if (!/^\d+(\.\d+)?s$/.test(String(each))) yield `${path}.${key} is no duration: ${each}`;
      } else if (/^(UInt32|Double|Bool)Value$/.test(inner.name)) {
        const kind = inner.name === 'BoolValue' ? 'boolean' : 'number';
        if (typeof each !== kind || (kind === 'number' && inner.name === 'UInt32Value' && !Number.isInteger(each)))
          yield `${path}.${key} is no ${inner.name}: ${each}`;
      } else yield* strangers(each as Record<string, unknown>, inner, `${path}.${key}`);
    }
  }
}

describe("Envoy's own protocol of a cluster", () => {
  const type = clusterType();

  it.each(files)('has every field that %s is written with', (file) => {
    const {
      static_resources: { clusters },
    } = parse(exported(file, 'envoy')) as { static_resources: { clusters: Record<string, unknown>[] } };
    expect(clusters.length).toBeGreaterThan(0);
    for (const cluster of clusters) expect([...strangers(cluster, type, '')]).toEqual([]);
  });

  it('has no field that nobody has heard of, so it does look', () => {
    expect([...strangers({ outlier_detection: { interval: 5, nothing: 1 } }, type, '')]).toEqual([
      '.outlier_detection.interval is no duration: 5',
      '.outlier_detection.nothing',
    ]);
  });
});
