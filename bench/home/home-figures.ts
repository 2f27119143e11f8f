import type { Figure } from '../results';
import type { ChangesMeasured } from './changes';
import type { RowsMeasured } from './recorder-rows';
import type { PersonsMeasured } from './twenty-persons';

const AIMS = { changeP95Ms: 250, rows: 300, others: 0, configsAgain: 0 } as const;

/** The rows of the table. */
export function homeFiguresOf(changes: ChangesMeasured, rows: RowsMeasured, measured: PersonsMeasured): readonly Figure[] {
  const figure = (key: string, what: string, value: number, unit = '', aim: number | null = null): Figure => ({
    key,
    what,
    value: Number.isInteger(value) ? value : Number(value.toPrecision(4)),
    unit,
    aim,
  });
  const { published, plain } = changes;
  const { persons, first, second, amended } = measured;
  const start = (key: string, what: string, one: PersonsMeasured['first'], aim: number | null): readonly Figure[] => [
    figure(`${key}Online`, `${what}: until all are available`, one.onlineMs / 1000, 's'),
    figure(`${key}Complete`, `${what}: until the broker has everything`, one.completeMs / 1000, 's'),
    figure(`${key}Configs`, `${what}: discoveries sent`, one.messages.config, '', aim),
    figure(`${key}States`, `${what}: states and attributes sent`, one.messages.state + one.messages.attributes),
    figure(`${key}Availability`, `${what}: availability sent`, one.messages.availability),
    figure(`${key}Late`, `${what}: event loop of Node-RED late, longest`, one.lateMs, 'ms'),
  ];
  return [
    figure('rounds', '100 metrics changed at once: rounds', published.length),
    figure('changeP50', '100 metrics changed at once until Home Assistant shows all: median', at(published, 0.5), 'ms'),
    figure(
      'changeP95',
      '100 metrics changed at once until Home Assistant shows all: 95th percentile',
      at(published, 0.95),
      'ms',
      AIMS.changeP95Ms,
    ),
    figure('changeMax', '100 metrics changed at once until Home Assistant shows all: longest', at(published, 1), 'ms'),
    figure('plainP50', 'The same payloads by a plain MQTT client: median', at(plain, 0.5), 'ms'),
    figure('plainP95', 'The same payloads by a plain MQTT client: 95th percentile', at(plain, 0.95), 'ms'),
    figure('plainMax', 'The same payloads by a plain MQTT client: longest', at(plain, 1), 'ms'),
    figure('amended', 'One amended document: messages sent', sum(amended.byTopic)),
    figure('amendedOthers', `One amended document: messages about the other ${persons - 1} persons`, amended.others, '', AIMS.others),
    figure('persons', 'Start: persons', persons),
    figure('entitiesEach', 'Start: entities of each', measured.entitiesEach),
    ...start('first', 'First start', first, null),
    figure('shown', 'First start: entities that Home Assistant shows', measured.shown),
    figure('shownAfter', 'First start: until Home Assistant shows them all', measured.shownMs / 1000, 's'),
    ...start('second', 'Second start', second, AIMS.configsAgain),
    figure('dayMessages', 'A day of one person: states and attributes sent', rows.messages),
    figure('dayRows', "A day of one person: rows in Home Assistant's recorder", rows.rows, '', AIMS.rows),
  ];
}

/** @param part 0.5 = median, 1 = the longest. @param sorted ascending */
function at(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
