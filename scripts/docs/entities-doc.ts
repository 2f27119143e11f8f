import { controlOf, isControlKey } from '../../lib/catalogue/controls';
import { isMetricKey } from '../../lib/catalogue/metrics';
import { defineControl, defineDiagnostic, defineEvent, defineJudgement, defineMetric } from '../../lib/entities/define';
import { entityChoices } from '../../lib/entities/entity-choices';
import type { Names } from '../../lib/entities/names';
import { isDiagnosticKey, isEventKey, isJudgementKey } from '../../lib/entities/own-keys';
import { COMPANION_COMPONENTS } from '../../lib/home/companion/companion-components';
import type { EntityDefinition } from '../../lib/home/entity';
import metrics from '../../locales/en-US/metrics.json';
import own from '../../locales/en-US/oura-entities.json';
import { HOME_FEATURES } from './home-features';

type Named = Readonly<Record<string, { readonly name: string; readonly description?: string }>>;

const { judgement, diagnostic, event, group: ownGroups } = own['oura-entities'];
const texts: Readonly<Record<Parameters<Names>[0], Named>> = {
  metric: metrics.metric,
  control: metrics.control,
  judgement,
  diagnostic,
  event,
};
const groups: Named = { ...metrics.group, ...ownGroups };
const names: Names = (kind, key) => texts[kind][key]?.name ?? '';

const INTRO = `# Entities in Home Assistant

Generated from the catalogue, the tables of \`lib/entities\` and the locale files. Each person is a device \`Oura <name>\`; entity ids are \`<domain>.oura_<short name>_<key>\`,
unique ids \`oura_<person id>_<key>\`. Over MQTT: config \`homeassistant/<domain>/oura_<person id>/<key>/config\`, state \`oura/<short name>/state/<key>\`, attributes
\`oura/<short name>/attributes/<key>\`, commands \`oura/<short name>/set/<key>\`, availability of controls \`oura/<short name>/availability\`.

A sensor keeps its last value, with its \`day\` and, where it is late or missing, the \`reason\`; it is never unavailable. Nothing is sent when nothing has changed.

## Which way does what

The release is that of Home Assistant from which on it works. *Connection* is what the Oura home node has besides: an address and a token, or Node-RED running as an app of Home Assistant.

`;

const HEAD = ['Key', 'Domain', 'Name', 'Unit', 'Class', 'Choices', 'Category', 'On', 'Companion'];

/** Writes docs/entities.md: what works by which way, and every entity, group by group. */
export function entitiesDoc(): string {
  const ways = HOME_FEATURES.map(({ what, mqtt, companion, connection }) => [
    what,
    ...[mqtt, companion, connection].map((one) => one ?? '–'),
  ]);
  const sections = entityChoices().map(({ group, keys }) => `## ${groups[group]?.name ?? group}\n\n${table(HEAD, keys.map(rowOf))}`);
  return `${INTRO}${table(['', 'MQTT', 'Companion', 'Connection'], ways)}\n${sections.join('\n')}`;
}

function rowOf(key: string): readonly string[] {
  const { component, name, unit, deviceClass, stateClass, category, enabledByDefault } = definitionOf(key);
  const classes = [deviceClass, stateClass].filter((one) => one !== null).join(', ');
  const isByCompanion = enabledByDefault && COMPANION_COMPONENTS.has(component);
  return [
    `\`${key}\``,
    component,
    name,
    unit ?? '',
    classes,
    choicesOf(key),
    category ?? '',
    enabledByDefault ? 'yes' : 'no',
    isByCompanion ? 'yes' : 'no',
  ];
}

function choicesOf(key: string): string {
  const { options, range, eventTypes } = definitionOf(key);
  const words = [...(options ?? []), ...(eventTypes ?? [])].map((word) => `\`${word}\``).join(', ');
  if (range === null) return words;
  const control = isControlKey(key) ? controlOf(key) : null;
  const start = control?.kind === 'number' ? `, at first ${String(control.default)}` : '';
  return `${String(range.min)} to ${String(range.max)}, step ${String(range.step)}${start}`;
}

function definitionOf(key: string): EntityDefinition {
  if (isMetricKey(key)) return defineMetric(key, names, []);
  if (isControlKey(key)) return defineControl(key, names);
  if (isJudgementKey(key)) return defineJudgement(key, names);
  if (isEventKey(key)) return defineEvent(key, names);
  if (isDiagnosticKey(key)) return defineDiagnostic(key, names);
  throw new Error(`no table has ${key}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
