import { bundle } from '../../tsdown.shared.ts';

export default bundle({ index: 'src/index.ts', 'text/index': 'src/text/index.ts', command: 'src/command/main.ts' });
