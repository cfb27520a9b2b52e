import { bundle } from '../../tsdown.shared.ts';

export default bundle();
