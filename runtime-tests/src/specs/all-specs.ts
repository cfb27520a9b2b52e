import { axiosSpecs } from './axios/axios-specs.ts';
import { xhrSpecs } from './axios/xhr-specs.ts';
import { coarseClockSpecs } from './coarse-clock/coarse-clock-specs.ts';
import { coreSpecs } from './core/core-specs.ts';
import { dashboardSpecs } from './dashboard/dashboard-specs.ts';
import { fetchSpecs } from './fetch/fetch-specs.ts';
import { honoSpecs } from './hono/hono-specs.ts';
import type { Spec } from './kit/spec.ts';
import { otelSpecs } from './otel/otel-specs.ts';
import { policiesSpecs } from './policies/policies-specs.ts';
import { sharingSpecs } from './sharing/sharing-specs.ts';

/** Everything the packages promise on every runtime. */
export const allSpecs: readonly Spec[] = [
  ...coreSpecs,
  ...coarseClockSpecs,
  ...fetchSpecs,
  ...honoSpecs,
  ...dashboardSpecs,
  ...axiosSpecs,
  ...xhrSpecs,
  ...policiesSpecs,
  ...otelSpecs,
  ...sharingSpecs,
];
