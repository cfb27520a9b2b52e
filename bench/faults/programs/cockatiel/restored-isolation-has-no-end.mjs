// An operator isolates the circuit; the process restarts from its saved state; the operator wants it back.
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const options = () => ({ halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });
const breaker = circuitBreaker(handleAll, options());
breaker.isolate();
const initialState = JSON.parse(JSON.stringify(breaker));
const restored = circuitBreaker(handleAll, { ...options(), initialState });
restored.isolate().dispose();
console.log(`isolated and released in the new process, and the circuit is ${CircuitState[restored.state]}`);
