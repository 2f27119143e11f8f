import type { Component } from '../entity';

/** What the companion can make, of the kinds of this package. */
export const COMPANION_COMPONENTS: ReadonlySet<Component> = new Set([
  'sensor',
  'binary_sensor',
  'select',
  'number',
  'button',
  'switch',
  'text',
]);
