/**
 * Why a metric has no value, or why its value is older than one would expect.
 * not_worn: the ring was off · not_synced: Oura was asked and has nothing newer, the ring or the app has not synced ·
 * pending: not asked yet · no_data: Oura says none · no_baseline: Oura needs more nights first · no_scope, no_membership: Oura refuses ·
 * not_supported: this ring or account has no such data · disabled: the person chose not to fetch it · error: the family fails at present.
 */
export const REASONS = [
  'not_worn',
  'not_synced',
  'pending',
  'no_data',
  'no_baseline',
  'no_scope',
  'no_membership',
  'not_supported',
  'disabled',
  'error',
] as const;

export type Reason = (typeof REASONS)[number];
