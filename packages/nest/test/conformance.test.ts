import { join } from 'node:path';
import * as core from '@switchgear/core';
import { describeAdapter } from '@switchgear/testkit';
import { describeServed, servedAdapter } from '@switchgear/testkit/served';
import { describe, expect, it } from 'vitest';
import * as own from '../src/index.ts';
import { nestOnExpress, nestOnFastify } from './hosts/nest-host.ts';

it('the package exports the very functions of core that a user of this adapter needs', () => {
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

const page = join(import.meta.dirname, '../README.md');
describeAdapter('a handler in Nest on Express', servedAdapter(nestOnExpress), { describe, it });
describeAdapter('a handler in Nest on Fastify', servedAdapter(nestOnFastify), { describe, it });
describeServed(nestOnExpress, { requests: 100, page });
describeServed(nestOnFastify, { requests: 100, page });
