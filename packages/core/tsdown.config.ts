import { bundle } from '../../tsdown.shared.ts';

export default bundle({
  index: 'src/index.ts',
  'requirements/index': 'src/requirements/index.ts',
  'testing/index': 'src/testing/index.ts',
});
