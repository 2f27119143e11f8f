import * as z from 'zod';
import type { Settings } from '../../ports/settings';
import { ScopedSetting } from '../scoped-setting';
import type { AlertKey } from './alert-rows';
import { alertState, NEVER, type AlertState } from './alert-state';

const schema = z.record(z.string(), alertState.catch(NEVER)).catch({});

/** What is remembered of a person's alerts, once per Home Assistant; no health values. */
export class AlertBook {
  readonly #setting: ScopedSetting<Record<string, AlertState>>;

  constructor(settings: Settings, scope: string) {
    this.#setting = new ScopedSetting(settings, 'alerts', scope, schema);
  }

  get(key: AlertKey): AlertState {
    return this.#setting.load()[key] ?? NEVER;
  }

  save(key: AlertKey, state: AlertState): void {
    this.#setting.save({ ...this.#setting.load(), [key]: state });
  }
}
