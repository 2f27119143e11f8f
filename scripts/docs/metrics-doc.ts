import { CONTROL_KEYS, controlOf } from '../../lib/catalogue/controls';
import type { Control } from '../../lib/catalogue/control';
import type { Metric } from '../../lib/catalogue/metric';
import { METRIC_GROUPS } from '../../lib/catalogue/metric-groups';
import { METRIC_KEYS, metricOf, type MetricKey } from '../../lib/catalogue/metrics';
import { addsUp, statisticMetric } from '../../lib/statistics/statistic-keys';
import { REASONS } from '../../lib/catalogue/reasons';
import texts from '../../locales/en-US/metrics.json';

type Named = Readonly<Record<string, { readonly name: string; readonly description?: string }>>;
const names: { readonly metric: Named; readonly control: Named; readonly group: Named; readonly reason: Named } = texts;

const INTRO = `# Metrics

Every value this package reads from Oura's documents without any history. Keys and units never change; a new meaning is a new key.

- **Unit**: what entities and statistics show; in brackets the API's, where it differs. Messages and exports carry the API's.
- **Class**: Home Assistant's device class and state class. \`total\` starts anew at the local start of the value's own day (\`last_reset\`).
- **From**: fields of the API; an arrow names the documents: *day* the newest daily document on or before today, *main_sleep* the longest
  \`long_sleep\` of the newest night, *latest_sleep* the sleep that ended last, *sleep_day* all sleeps of the day of the main sleep, *naps* and
  *day_count*, *day_sum* today's periods, *newest* the newest document however old, *newest_known* the newest of the
  last week that has the value, *row* the newest row of a series, *ring* the ring set up last, *begun* all periods begun so far, *person* the personal info.
- **About**: *night* and *today* are late when their day is past, and say so; the value stays, with its own day. *newest* and *instant* are what
  is known.
- **On**: whether the entity is switched on when it first appears.
- **Statistic**: what \`oura-statistics\` imports: \`mean\` of its day, or its \`sum\` over the days. Only numbers of a day have one; heart rate
  and ring battery belong to moments, which Home Assistant records by itself.

`;

/** Writes docs/metrics.md from the catalogue: one table per group, then the controls and the reasons. */
export function metricsDoc(): string {
  const groups = METRIC_GROUPS.map(groupSection).join('\n');
  return `${INTRO}${groups}\n${controlsSection()}\n${reasonsSection()}`;
}

function groupSection(group: string): string {
  const keys = METRIC_KEYS.filter((key) => metricOf(key).group === group);
  const rows = keys.map((key) => metricRow(key, metricOf(key)));
  return section(names.group[group]?.name ?? group, ['Key', 'Name', 'Unit', 'Class', 'From', 'About', 'On', 'Statistic'], rows);
}

function metricRow(key: MetricKey, metric: Metric): readonly string[] {
  const text = names.metric[key];
  const name = text?.description === undefined ? (text?.name ?? '') : `${text.name}<br>${text.description}`;
  const from = `\`${metric.endpoint}\` → ${metric.pick}<br>${metric.fields.map((field) => `\`${field}\``).join(', ')}`;
  return [`\`${key}\``, name, unitText(metric), classText(metric), from, metric.kindOfDay, onText(metric), statisticText(key)];
}

function unitText({ quantity }: Metric): string {
  if (quantity.kind === 'enum') return quantity.options.map((option) => `\`${option}\``).join(', ');
  if (quantity.kind !== 'number') return quantity.kind === 'flag' ? 'on, off' : quantity.kind;
  const shown = quantity.unit ?? 'number';
  return quantity.unit === quantity.apiUnit ? shown : `${shown} (${String(quantity.apiUnit)})`;
}

function classText({ quantity }: Metric): string {
  return [quantity.deviceClass, quantity.stateClass].filter((word) => word !== null).join(', ');
}

function onText({ enabledByDefault, category }: Metric): string {
  return [enabledByDefault ? 'yes' : 'no', category].filter((word) => word !== null).join(', ');
}

function statisticText(key: MetricKey): string {
  if (statisticMetric(key) === null) return '';
  return addsUp(key) ? 'sum' : 'mean';
}

function controlsSection(): string {
  const rows = CONTROL_KEYS.map((key) => {
    const control = controlOf(key);
    const text = names.control[key];
    return [`\`${key}\``, text?.name ?? '', control.kind, choicesText(control), defaultText(control), text?.description ?? ''];
  });
  return section('Controls', ['Key', 'Name', 'Kind', 'Choices', 'Default', 'Meaning'], rows);
}

function choicesText(control: Control): string {
  if (control.kind === 'select') return control.options.map((option) => `\`${option}\``).join(', ');
  if (control.kind !== 'number') return '';
  return `${String(control.min)} to ${String(control.max)}${control.unit === null ? '' : ` ${control.unit}`}, step ${String(control.step)}`;
}

function defaultText(control: Control): string {
  if (control.kind === 'button') return '';
  return control.kind === 'switch' ? (control.default ? 'on' : 'off') : String(control.default);
}

function reasonsSection(): string {
  return section(
    'Reasons',
    ['Reason', 'Meaning'],
    REASONS.map((reason) => [`\`${reason}\``, names.reason[reason]?.name ?? '']),
  );
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
