// A call fails, which its caller expects; a metrics listener has a bug.
import Levee from 'levee';

process.on('uncaughtException', ({ message }) => console.log(`uncaught: "${message}"; its caller got ${answer}`));
let answer = 'no answer';
const service = { execute: (callback) => callback(new Error('disk full')) };
const breaker = new Levee.Breaker(service);
breaker.on('failure', () => {
  throw new Error('metrics');
});
breaker.run((error) => (answer = error.message));
