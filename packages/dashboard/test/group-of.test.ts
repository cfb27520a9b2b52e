import { expect, it } from 'vitest';
import { groupOf } from '../src/board/row-of.ts';

it.each([
  ['payments', 'payments'],
  ['payments/eu-1', 'payments'],
  ['payments:eu-1', 'payments'],
  ['https://maps.example', 'maps.example'],
  ['https://maps.example:8443/tiles', 'maps.example'],
  ['GET /users/:id', 'GET'],
  ['/users', '/users'],
  ['', ''],
])('%s belongs to %s', (name, group) => {
  expect(groupOf(name)).toBe(group);
});
