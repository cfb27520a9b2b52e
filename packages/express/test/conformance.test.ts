import { join } from 'node:path';
import * as core from '@switchgear/core';
import { describeAdapter } from '@switchgear/testkit';
import { describeServed, servedAdapter } from '@switchgear/testkit/served';
import express from 'express';
import { describe, expect, it } from 'vitest';
import * as own from '../src/index.ts';
import { expressHost } from './hosts/express-host.ts';

describe('what is tested', () => {
  it('is the version of Express that the project is named after', ({ task }) => {
    // Express does not export its version; 4 exports its query parser.
    expect('query' in express).toBe(task.file.projectName === 'express 4.18');
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

describeAdapter('a route in Express', servedAdapter(expressHost), { describe, it });

// The table of the page is that of Express 5.
const page = 'query' in express ? undefined : join(import.meta.dirname, '../README.md');
describeServed(expressHost, { requests: 100, page });
