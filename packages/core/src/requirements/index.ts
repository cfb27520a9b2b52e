export {
  refuse,
  requireFunction,
  requireMillis,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireShare,
  requireWhole,
} from '../vocabulary/requirement.ts';
