import { bundle } from '../../tsdown.shared.ts';

export default bundle({ index: 'src/index.ts', 'decorators/index': 'src/decorators/index.ts' });
