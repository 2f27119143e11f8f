import type { OuraError } from '../errors/oura-error';

/** How the entities of a node are doing. */
export type EntitiesStatus =
  /** It is not known yet who the account belongs to. */
  | { readonly kind: 'waiting' }
  /** Home Assistant has not confirmed all of them yet. */
  | { readonly kind: 'publishing'; readonly entities: number }
  | { readonly kind: 'published'; readonly entities: number }
  | { readonly kind: 'problem'; readonly error: OuraError };
