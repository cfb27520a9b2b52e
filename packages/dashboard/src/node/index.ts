export { type ServedDashboard, type ServeOptions, serveDashboard } from './serve-dashboard.ts';
