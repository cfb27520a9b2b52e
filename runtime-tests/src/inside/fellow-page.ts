/** A fellow as a tab. */
import { startFellow } from './fellow.ts';

startFellow(Number(new URLSearchParams(location.search).get('number')));
