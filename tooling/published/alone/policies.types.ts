import { createBreaker } from '@switchgear/core';
import { fallback, pipeline, type Served, timeout, value } from '@switchgear/policies';

const orders = pipeline(fallback([value(null)]), createBreaker({ name: 'orders' }), timeout(1_000));
export const answer: Promise<Served<string | null>> = orders.run(({ signal }) => (signal.aborted ? 'late' : 'in time'));
