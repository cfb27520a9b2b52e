import { bundle } from '../../tsdown.shared.ts';

export default bundle({ index: 'src/index.ts' });
