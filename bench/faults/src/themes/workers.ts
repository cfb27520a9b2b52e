import type { Theme } from './fault.ts';

const refused = /the Worker does not start: Error: Disallowed operation called within global scope/;

export const workers: Theme = {
  id: 'workers',
  title: 'Cloudflare Workers',
  scene: 'One breaker for all requests of a Worker, in the real workerd with `nodejs_compat`.',
  correct: 'It can be made in module scope, and what it learns in one request is used in the next.',
  faults: [
    {
      program: 'opossum/workers-module-scope',
      fault: 'It cannot be made in module scope: its intervals are not allowed there.',
      shows: refused,
      on: 'workerd',
    },
    {
      program: 'opossum/workers-open-for-ever',
      fault: 'Made within a request, it never leaves the open state: its timer ends with the request.',
      shows: /half a second later: Breaker is open/,
      on: 'workerd',
    },
    {
      program: 'mollitia/workers-open-for-ever',
      fault: 'It never leaves the open state: its timer ends with the request.',
      shows: /half a second later: Circuit is opened/,
      on: 'workerd',
    },
    {
      program: 'levee/workers-open-for-ever',
      fault: 'It never leaves the open state: its timer ends with the request.',
      shows: /half a second later: Command not available/,
      on: 'workerd',
    },
    {
      program: 'cockatiel/workers-import',
      fault: 'It cannot be imported.',
      shows: refused,
      on: 'workerd',
    },
    {
      program: 'brakes/workers-module-scope',
      fault: 'It cannot be made in module scope.',
      shows: refused,
      on: 'workerd',
    },
    {
      program: 'kintsugi/workers-module-scope',
      fault: 'It cannot be made in module scope: its interval is not allowed there.',
      shows: refused,
      on: 'workerd',
    },
  ],
};
