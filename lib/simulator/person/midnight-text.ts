import { civil } from './civil';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';

const WITHOUT_OFFSET = 0.03;

/** `timestamp` of a daily document: 00:00 local with offset; a few carry `+00:00`, as live answers did (2024). */
export function midnightText(model: PersonModel, day: number): string {
  if (model.chance.unit(TOPICS.timestamp, day) < WITHOUT_OFFSET) return `${civil.text(day)}T00:00:00+00:00`;
  const midnight = model.midnight(day);
  return localText.seconds(midnight, model.offsets(day).at(midnight));
}
