export type Value = string | number | boolean | null;
export type Config = Readonly<Record<string, unknown>>;

/** What Home Assistant makes of a value; `complaint` as in its log; `text` null = the state stays as it was. */
export interface Shown {
  readonly text: string | null;
  readonly complaint: string | null;
}

const TRUE = new Set(['1', 'true', 'yes', 'on', 'open', 'home', 'enable', 'unlocked']);
const NO_NUMBER = new Set(['timestamp', 'date', 'enum']);

const shown = (text: string): Shown => ({ text, complaint: null });
const refused = (complaint: string): Shown => ({ text: null, complaint });

/** COMPANION.md, "State and attributes". @param options of an enum sensor, set by update_config */
export function shownState(component: string, config: Config, options: readonly string[] | null, value: Value): Shown {
  if (component === 'switch') return shown(value === null ? 'unknown' : isTruthy(value) ? 'on' : 'off'); // any non-empty text is on
  if (value === null) return shown('unknown');
  if (component === 'binary_sensor') return shown(isOn(value) ? 'on' : 'off');
  if (component === 'select') return shown((config['options'] as readonly unknown[]).includes(value) ? String(value) : 'unknown');
  if (component === 'text') return textOf(String(value), Number(config['max_length'] ?? 100));
  if (component === 'number') return shown(String(value));
  return sensorState(config, options, value);
}

function isTruthy(value: Exclude<Value, null>): boolean {
  return value !== false && value !== 0 && value !== '';
}

function isOn(value: Exclude<Value, null>): boolean {
  return typeof value === 'string' ? TRUE.has(value.toLowerCase()) : value !== false && value !== 0;
}

function textOf(text: string, max: number): Shown {
  return text.length <= max ? shown(text) : { text: text.slice(0, max), complaint: 'WARNING text is longer than max_length' };
}

function sensorState(config: Config, options: readonly string[] | null, value: Exclude<Value, null>): Shown {
  const kind = config['device_class'];
  if (kind === 'timestamp') return timestampOf(value);
  if (kind === 'date') return shown(`${String(value).slice(0, 10)}T00:00:00`);
  if (options !== null && !options.includes(String(value))) return refused('ValueError …not in the list of options provided');
  if (isNumeric(config) && (value === '' || !Number.isFinite(Number(value))))
    return refused('ValueError numeric sensor has a non-numeric value');
  return shown(String(value).length > 255 ? 'unknown' : String(value));
}

function isNumeric(config: Config): boolean {
  if (config['unit_of_measurement'] !== undefined || config['state_class'] !== undefined) return true;
  return typeof config['device_class'] === 'string' && !NO_NUMBER.has(config['device_class']);
}

function timestampOf(value: Exclude<Value, null>): Shown {
  const text = typeof value === 'number' ? new Date(value < 1e11 ? value * 1000 : value).toISOString() : String(value);
  if (Number.isNaN(Date.parse(text))) return shown('unknown');
  if (!/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T')) return refused('ValueError timestamp without time zone');
  return shown(new Date(text).toISOString().replace('.000Z', '+00:00'));
}
