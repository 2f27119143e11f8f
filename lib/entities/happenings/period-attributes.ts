import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { numberAt } from '../../catalogue/readers/number-at';
import { secondsBetween } from '../../catalogue/readers/seconds-between';
import { tagName } from '../../catalogue/readers/tag-name';
import { textAt } from '../../catalogue/readers/text-at';
import type { Change } from '../../ports/change-log';
import type { Body } from '../../ports/documents';
import { minutesOf } from './minutes-of';

type Attributes = Readonly<Record<string, unknown>>;

/** What a family's event says beside id, day, start, end and duration. */
const MORE: Readonly<Partial<Record<EndpointKey, (body: Body) => Attributes>>> = {
  workout: (body) => ({
    activity: textAt(body, 'activity'),
    intensity: textAt(body, 'intensity'),
    label: textAt(body, 'label'),
    calories: numberAt(body, 'calories'),
    distance: numberAt(body, 'distance'),
  }),
  session: (body) => ({ kind: textAt(body, 'type'), mood: textAt(body, 'mood') }),
  enhanced_tag: (body) => ({ tag: tagName(body), tag_type_code: textAt(body, 'tag_type_code') }),
};

/** Attributes of the event of a workout, session or tag: when it was, how long (minutes; null = it has no end), and what kind. */
export function periodAttributes(endpoint: EndpointKey, { id, day, body }: Change): Attributes {
  const { start, end } = endpointOf(endpoint);
  const content = body ?? {};
  const length = start === null || end === null ? null : secondsBetween(content, start, end);
  return {
    id,
    day,
    start: start === null ? null : textAt(content, start),
    end: end === null ? null : textAt(content, end),
    duration: minutesOf(length),
    ...MORE[endpoint]?.(content),
  };
}
