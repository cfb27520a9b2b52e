import { Breaker } from './breaker';

export default function Page() {
  return <Breaker />;
}
