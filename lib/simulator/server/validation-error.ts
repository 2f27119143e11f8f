import type { Answer } from './answer';

/** One entry of a 422 answer, as FastAPI writes them. */
export interface ValidationItem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** 422 in FastAPI's shape. */
export function validationError(items: readonly ValidationItem[]): Answer {
  return { status: 422, body: { detail: items } };
}
