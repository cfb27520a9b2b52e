import axios from 'axios';

/** The adapters for the network that this version of axios has here: fetch came with 1.7. */
export const NETWORK_ADAPTERS: readonly ('http' | 'fetch')[] = /^1\.6\./.test(axios.VERSION)
  ? ['http']
  : ['http', 'fetch'];
