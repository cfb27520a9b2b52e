import { bundle } from '../../tsdown.shared.ts';

export default bundle({
  index: 'src/index.ts',
  'node/index': 'src/node/index.ts',
  'redis/index': 'src/redis/index.ts',
  'postgres/index': 'src/postgres/index.ts',
  'nats/index': 'src/nats/index.ts',
  'durable-object/index': 'src/durable-object/index.ts',
});
