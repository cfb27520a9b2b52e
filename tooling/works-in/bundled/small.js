import { isCircuitOpen } from '@switchgear/core';

console.log(isCircuitOpen(new Error('down')));
