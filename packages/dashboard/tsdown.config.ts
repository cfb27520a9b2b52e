import { bundle } from '../../tsdown.shared.ts';

export default bundle({ index: 'src/index.ts', impact: 'src/impact.ts', node: 'src/node.ts' });
