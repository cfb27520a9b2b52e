/** The oldest version that is supported, under a name of its own. */
declare module 'pg-8.11' {
  export { default } from 'pg';
}
