import type { Control } from './control';

const config = { category: 'config' } as const;
const select = { ...config, kind: 'select' } as const;
const threshold = { ...config, kind: 'number' } as const;
const score = { ...threshold, unit: 'points', deviceClass: null, min: 0, max: 100, step: 1 } as const;
const hour = { ...threshold, unit: 'h', deviceClass: 'duration', min: 0, max: 23.75, step: 0.25 } as const;
const scenario = { ...config, kind: 'switch', default: true } as const;

/**
 * What a person sets or presses. Keys share the name space of the metrics and never change. Defaults of scores are Oura's own bands
 * (85 optimal, 60 pay attention); the others are ours.
 */
export const CONTROLS = {
  wellness_phase_override: {
    ...select,
    options: ['automatic', 'peak', 'maintenance', 'recovery', 'strain'],
    default: 'automatic',
    icon: 'mdi:state-machine',
    category: null,
  },
  automation_mode: { ...select, options: ['off', 'suggest', 'ask', 'automatic'], default: 'suggest', icon: 'mdi:robot-outline' },
  notification_level: { ...select, options: ['off', 'important', 'all'], default: 'important', icon: 'mdi:bell-cog-outline' },

  quiet_hours_start: { ...hour, default: 22, icon: 'mdi:bell-sleep' },
  quiet_hours_end: { ...hour, default: 7, icon: 'mdi:alarm' },
  target_readiness_score: { ...score, default: 85, icon: 'mdi:gauge' },
  target_steps: { ...threshold, unit: 'steps', deviceClass: null, min: 0, max: 50_000, step: 500, default: 8_000, icon: 'mdi:shoe-print' },
  target_activity_progress: {
    ...threshold,
    unit: '%',
    deviceClass: null,
    min: 10,
    max: 300,
    step: 5,
    default: 100,
    icon: 'mdi:flag-checkered',
  },
  alert_readiness_score: { ...score, default: 60, icon: 'mdi:gauge' },
  alert_sleep_score: { ...score, default: 60, icon: 'mdi:sleep' },
  alert_stress_high: {
    ...threshold,
    unit: 'min',
    deviceClass: 'duration',
    min: 15,
    max: 720,
    step: 15,
    default: 120,
    icon: 'mdi:head-heart-outline',
  },
  alert_temperature_deviation: {
    ...threshold,
    unit: '°C',
    deviceClass: null,
    min: 0.1,
    max: 3,
    step: 0.1,
    default: 0.5,
    icon: 'mdi:thermometer-lines',
  },
  /** Above the person's own baseline. */
  alert_resting_heart_rate: { ...threshold, unit: 'bpm', deviceClass: null, min: 1, max: 30, step: 1, default: 5, icon: 'mdi:heart-pulse' },
  alert_ring_battery_level: {
    ...threshold,
    unit: '%',
    deviceClass: null,
    min: 0,
    max: 100,
    step: 5,
    default: 20,
    icon: 'mdi:battery-alert',
  },
  alert_days_without_data: { ...threshold, unit: 'd', deviceClass: null, min: 1, max: 30, step: 1, default: 2, icon: 'mdi:calendar-range' },

  refresh_data: { kind: 'button', icon: 'mdi:refresh', category: null },
  trigger_recovery_protocol: { kind: 'button', icon: 'mdi:medical-bag', category: null },

  /** On: everything rests until the person's next local day begins; then it switches itself off. */
  pause_until_tomorrow: { kind: 'switch', default: false, icon: 'mdi:pause-circle-outline', category: null },
  scenario_sleep_sanctuary: { ...scenario, icon: 'mdi:bed-king' },
  scenario_circadian_lighting: { ...scenario, icon: 'mdi:theme-light-dark' },
  scenario_recovery_protocol: { ...scenario, icon: 'mdi:battery-heart' },
  scenario_stress_response: { ...scenario, icon: 'mdi:head-heart-outline' },
  scenario_activity_motivation: { ...scenario, icon: 'mdi:run' },
  notifications: { ...config, kind: 'switch', default: true, icon: 'mdi:bell' },
  webhooks: { ...config, kind: 'switch', default: true, icon: 'mdi:webhook' },
  ai_insights: { ...config, kind: 'switch', default: false, icon: 'mdi:brain' },
} as const satisfies Record<string, Control>;

export type ControlKey = keyof typeof CONTROLS;

/** All control keys, in the table's order. */
export const CONTROL_KEYS = Object.keys(CONTROLS) as readonly ControlKey[]; // Object.keys forgets the literal keys

/** Whether a text names a control. */
export function isControlKey(key: string): key is ControlKey {
  return Object.hasOwn(CONTROLS, key);
}

/** The table's row under its general type. */
export function controlOf(key: ControlKey): Control {
  return CONTROLS[key];
}
