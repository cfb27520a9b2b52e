import { expect, it } from 'vitest';
import { originOf } from '../../src/index.ts';

it.each<[address: Parameters<typeof originOf>[0], origin: string]>([
  ['https://api.example/v1/users?page=2', 'https://api.example'],
  ['HTTPS://API.example:443/', 'https://api.example'],
  ['https://api.example:8443/', 'https://api.example:8443'],
  ['https://somebody:secret@api.example/', 'https://api.example'],
  [new URL('http://127.0.0.1:81/x'), 'http://127.0.0.1:81'],
  [{ url: 'http://127.0.0.1:81/x' }, 'http://127.0.0.1:81'],
  [new Request('http://127.0.0.1:81/x'), 'http://127.0.0.1:81'],
  ['data:,hello', 'null'],
  ['/v1/users', 'null'],
  ['http://[', 'null'],
])('the origin of %s is %s', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});
