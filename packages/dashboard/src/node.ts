export { type ServedDashboard, type ServeOptions, serveDashboard } from './node/serve-dashboard.ts';
