import { bundle } from '../../tsdown.shared.ts';

export default bundle({
  index: 'src/index.ts',
  'adapter/index': 'src/adapter/index.ts',
  'plain/index': 'src/plain/index.ts',
  'testing/manual-clock': 'src/testing/manual-clock.ts',
});
