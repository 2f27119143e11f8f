import type { NodeDef } from 'node-red';
import type { Wishes } from '../../lib/entities/chosen-keys';

/** `oura-entities` as a flow holds it. */
export interface EntitiesDef extends NodeDef {
  readonly account: string;
  readonly home: string;
  readonly groups?: readonly string[];
  readonly metrics?: readonly string[];
  readonly documents?: boolean;
  readonly detail?: boolean;
}

/** What the dialog says is to be published. */
export function entitiesChoice({ groups = [], metrics = [], documents = true, detail = false }: EntitiesDef): {
  readonly wishes: Wishes;
  readonly documents: boolean;
  readonly detail: boolean;
} {
  return { wishes: { groups, metrics }, documents, detail };
}
