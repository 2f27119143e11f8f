/** Kinds of rows that have a name in the locale files. */
export type NamedKind = 'metric' | 'control' | 'judgement' | 'diagnostic' | 'event';

/** The name of an entity in the language of Home Assistant. */
export type Names = (kind: NamedKind, key: string) => string;
