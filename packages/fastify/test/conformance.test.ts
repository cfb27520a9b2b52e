import { join } from 'node:path';
import * as core from '@switchgear/core';
import { describeAdapter } from '@switchgear/testkit';
import { describeServed, servedAdapter } from '@switchgear/testkit/served';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import * as own from '../src/index.ts';
import { fastifyHost } from './hosts/fastify-host.ts';

describe('what is tested', () => {
  it('is the version of Fastify that the project is named after', ({ task }) => {
    expect(Fastify().version.startsWith('5.0.')).toBe(task.file.projectName === 'fastify 5.0');
  });

  it('exports the very functions of core that a user of this adapter needs', () => {
    const { adaptive, CircuitOpenError, createBreaker, createRegistry, explain, findCircuitOpen, isCircuitOpen } = core;
    const needed = {
      adaptive,
      CircuitOpenError,
      createBreaker,
      createRegistry,
      explain,
      findCircuitOpen,
      isCircuitOpen,
    };
    expect(own).toMatchObject(needed);
  });
});

describeAdapter('a route in Fastify', servedAdapter(fastifyHost), { describe, it });
describeServed(fastifyHost, { requests: 100, page: join(import.meta.dirname, '../README.md') });
