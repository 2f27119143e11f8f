import type { Component } from '../entity';

/** Kinds of entities that people act on. */
export const TWO_WAY: ReadonlySet<Component> = new Set(['select', 'number', 'button', 'switch', 'text']);
