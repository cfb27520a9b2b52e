import { circuitBreakerSchema } from '../dialects/circuit-breaker-schema.ts';
import { breakerShape, fileShape } from '../own/breaker-shape.ts';
import { ruleShape } from '../own/rule-shape.ts';
import type { JsonSchema } from '../schema/shape.ts';

/**
 * The JSON Schema of files of ours, and of `circuit_breaker` blocks, for editors. The package has it as `schema.json`:
 * begin a file with `# yaml-language-server: $schema=node_modules/@switchgear/config/schema.json`.
 */
export function jsonSchema(): JsonSchema {
  const { properties, ...file } = fileShape().schema;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of circuit breakers',
    ...file,
    properties: { ...(properties as object), circuit_breaker: circuitBreakerSchema() },
    patternProperties: { '^x-': {} },
    $defs: { breaker: breakerShape().schema, rule: ruleShape().schema },
  };
}
