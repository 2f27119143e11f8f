import { readFileSync } from 'node:fs';
import path from 'node:path';
import { controlOf } from '../../lib/catalogue/controls';
import { LIMITS } from '../../lib/catalogue/limits';
import { ALERT_KEYS, alertRowOf, type AlertKey } from '../../lib/entities/alerts/alert-rows';
import { EVENT_KEYS, eventRowOf, type EventKey } from '../../lib/entities/event-rows';

interface Texts {
  readonly event: Readonly<Record<EventKey, { readonly name: string }>>;
  readonly alert: Readonly<Record<AlertKey, { readonly name: string }>>;
}

const TEXTS = path.join(__dirname, '../../locales/en-US/oura-entities.json');
const MINUTES = 60_000;

/** What the attributes of each event are. */
const ATTRIBUTES: Readonly<Record<EventKey, string>> = {
  night_arrived:
    '`id`, `day`, `is_newest` (false: an older night that came late), `bedtime_start`, `bedtime_end`, `total_sleep_duration` and `time_in_bed` (min), `efficiency` (%), `average_hrv` (ms), `average_heart_rate` and `lowest_heart_rate` (bpm)',
  workout_finished: '`id`, `day`, `start`, `end`, `duration` (min), `activity`, `intensity`, `label`, `calories` (kcal), `distance` (m)',
  session_finished: '`id`, `day`, `start`, `end`, `duration` (min), `kind` (breathing, meditation …), `mood`',
  tag_added: '`id`, `day`, `start`, `end`, `duration` (min), `tag` (its name), `tag_type_code`',
  ring_synced: '`family` (the one by which it was noticed; others may follow within seconds), `newest_at` (newest row of that family)',
  problem: '`code` (see [errors](errors.md)), `family` (null = the whole account); `begun` also `needs_person`',
  alert: '`alert` (key below), `important`, `day`, and what was measured: `value`, `limit`, `unit` and so on',
};

/** What each alert means, beside its limit. */
const MEANING: Readonly<Record<AlertKey, string>> = {
  readiness: 'score below the limit',
  sleep: 'score below the limit',
  stress: 'minutes of high stress of the day so far, from the limit on',
  temperature: "the night's deviation from the limit on; ends 0.05 °C below it",
  resting_heart_rate:
    "the night's lowest heart rate so far above the person's own median of the last 28 days (14 nights at least, else no judgement); ends 1 bpm below that",
  illness_sign: 'temperature and resting heart rate of the same night both above their limits; no diagnosis',
  goal: 'good news: active calories reach the target',
  battery: 'level at or below the limit and not on the charger; ends 5 % above it or on the charger',
  no_data: 'days since the ring brought anything; an outage of Oura does not count',
  sign_in: 'Oura asks for a new sign-in; its notification is that of the problem',
};

/** Two tables, events and alerts, between words written by hand, as a Markdown document. */
export function eventsDoc(): string {
  const all = JSON.parse(readFileSync(TEXTS, 'utf8')) as { 'oura-entities': Texts }; // tests keep the file's keys equal to the tables
  const { event, alert } = all['oura-entities'];
  const events = EVENT_KEYS.map((key) => {
    const { eventTypes, families } = eventRowOf(key);
    const from = families.length === 0 ? 'the account' : families.map((family) => `\`${family}\``).join(', ');
    return `| ${event[key].name} | \`${key}\` | \`oura_${key}\` | ${eventTypes.map((type) => `\`${type}\``).join(', ')} | ${from} | ${ATTRIBUTES[key]} |`;
  });
  const alerts = ALERT_KEYS.map((key) => {
    const { important, daily, limits, notice } = alertRowOf(key);
    const controls = limits.map((limit) => `\`${limit}\` (${defaultOf(limit)})`).join(', ');
    return `| \`${key}\` | ${alert[key].name} | ${MEANING[key]} | ${controls} | ${important ? 'yes' : ''} | ${daily ? 'yes' : ''} | ${notice} |`;
  });
  return [INTRO, EVENT_HEAD, ...events, ALERTS, ALERT_HEAD, ...alerts, NOTIFICATIONS].join('\n');
}

function defaultOf(key: Parameters<typeof controlOf>[0]): string {
  const control = controlOf(key);
  return control.kind === 'number' ? [control.default, control.unit].filter((one) => one !== null).join(' ') : '';
}

const INTRO = `# Events, alerts, notifications, MQTT documents

Generated from \`lib/entities/event-rows.ts\`, \`lib/entities/alerts/alert-rows.ts\` and the locale files.

## Events

States change only when a value does; an event comes each time, so automations start even when a score repeats. Each event is

- an event entity (over MQTT), unless it was learned of more than ${String(LIMITS.eventKeepMs / MINUTES)} minutes ago,
- an event on Home Assistant's bus (with a connection whose token belongs to an administrator), kept for ${String(LIMITS.eventKeepMs / MINUTES)} minutes while Home Assistant is away,
- a message of the node: topic \`oura/<slug>/event/<key>\` (alerts: \`oura/<slug>/alert/<alert key>\`), payload \`event_type\` and the attributes, \`oura\` with \`account\`, \`event\`, \`seenAt\`.

Data of an event on the bus: \`account\` (id of the account node), \`person\` (id), \`slug\`, \`name\`, \`event_type\`, \`seen_at\`, and the attributes.

Only families that may be published are told of. First load and history are no events, nor is what was learned of more than ${String(LIMITS.changeMaxAgeMs / MINUTES / 60)} hours ago; a restart
repeats none and loses none. Each is told once per person and Home Assistant: of several \`oura-entities\` nodes the one that started first tells it.

A night arrives when its day has a main sleep for the first time: an amended night, a nap, a rejected or deleted night are none. What the ring brings within
${String(LIMITS.ringSyncMs / MINUTES)} minutes is one sync.
`;

const EVENT_HEAD = '| name | key | on the bus | types | comes from | attributes |\n|---|---|---|---|---|---|';

const ALERTS = `
## Alerts

Each has one start and one end. After its end it starts again no sooner than ${String(LIMITS.alertCoolDownMs / MINUTES / 60)} hours later; those about the day so far also on another day. An alert ends when
new data or a moved limit says so, never by midnight, silence or an outage; a value older than yesterday starts nothing. When the families it needs may not be published
any more it ends, and says no value.
`;

const ALERT_HEAD =
  '| key | name | when | limit (default) | important | each day anew | notification at the end |\n|---|---|---|---|---|---|---|';

const NOTIFICATIONS = `
## Notifications

Persistent notifications of Home Assistant, made anew when it has restarted.

- **Alerts**: at the start, if the switch \`notifications\` is on and the level is \`all\`, or \`important\` and the alert is. In quiet hours and in a pause it is held until they are over, and dropped
  when the alert is over by then. Quiet hours that begin where they end are none. At the end it is dismissed, or replaced by a last word that you dismiss.
- **Problems that need you** (sign-in, membership, permissions …): one per account and code with what to do, without any health value; it goes by itself when the problem is solved.

## Documents over MQTT

The newest document of each family that may be published is retained at \`oura/<slug>/document/<family>\`, as received, with \`id\`, \`day\`, \`start\` and \`end\` where the API names them otherwise.
Series (heart rate, ring battery) only when detail was chosen: the rows of the newest local day. Documents are whole: \`personal_info\` holds the e-mail address, a sleep its heart rate; take
"publish" from a family and its topic is cleared, as after removal, renaming and deletion of the person.
`;
