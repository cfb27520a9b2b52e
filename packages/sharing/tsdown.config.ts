import { bundle } from '../../tsdown.shared.ts';

export default bundle({ index: 'src/index.ts', 'node/index': 'src/node/index.ts' });
