import { getQuickJS } from 'quickjs-emscripten';
import { coreSpecs } from '../specs/core/core-specs.ts';
import { policiesSpecs } from '../specs/policies/policies-specs.ts';
import { bundle } from './bundle.ts';
import type { Runtime } from './runtime.ts';

/** QuickJS: only the language. No timers, no `performance`, no `AbortController`. */
export const quickjs: Runtime = {
  name: 'quickjs',
  specs: [...coreSpecs, ...policiesSpecs],
  has: ['time'],
  async run() {
    const code = await bundle('bare');
    using context = (await getQuickJS()).newContext();
    using module = context.unwrapResult(context.evalCode(code, 'bare.js', { type: 'module' }));
    using report = context.getProp(module, 'report');
    context.runtime.executePendingJobs();
    const state = context.getPromiseState(report);
    if (state.type === 'pending') throw new Error('all jobs have run, and the specs have not ended');
    using text = context.unwrapResult(state.type === 'fulfilled' ? { value: state.value } : state);
    return JSON.parse(context.getString(text));
  },
};
