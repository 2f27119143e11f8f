/** A group of entities, with the keys of its members. */
export interface Group {
  readonly group: string;
  readonly keys: readonly string[];
}

/** What is published: whole groups, and single entities of others. Both empty = everything. */
export interface Choice {
  readonly groups: readonly string[];
  readonly metrics: readonly string[];
}

/** Reads what a node holds; anything senseless is left out, what a later version knows stays. */
export function savedChoice(groups: unknown, metrics: unknown): Choice {
  return { groups: textsOf(groups), metrics: textsOf(metrics) };
}

/** Whether nothing was chosen, which publishes everything. */
export function isEverything({ groups, metrics }: Choice): boolean {
  return groups.length === 0 && metrics.length === 0;
}

/** The members of a group that are published. */
export function chosenOf({ groups, metrics }: Choice, { group, keys }: Group): readonly string[] {
  return groups.includes(group) ? keys : keys.filter((key) => metrics.includes(key));
}

/** All of a group, or none of it. */
export function withGroup({ groups, metrics }: Choice, { group, keys }: Group, on: boolean): Choice {
  const others = groups.filter((one) => one !== group);
  return { groups: on ? [...others, group] : others, metrics: metrics.filter((key) => !keys.includes(key)) };
}

/** One member more or less; when that makes the group whole, the group is chosen, so that it grows with later versions. */
export function withKey(choice: Choice, group: Group, key: string, on: boolean): Choice {
  const before = chosenOf(choice, group).filter((one) => one !== key);
  const chosen = on ? [...before, key] : before;
  if (chosen.length === group.keys.length) return withGroup(choice, group, true);
  const { groups, metrics } = withGroup(choice, group, false);
  return { groups, metrics: [...metrics, ...chosen] };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
