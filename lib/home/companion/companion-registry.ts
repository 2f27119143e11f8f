import { OuraError } from '../../errors/oura-error';
import type { HomeAssistant } from '../../ports/home-assistant';
import { deviceIdOf } from './node-id';
import { registryEntries, type RegistryEntry } from './registry-entries';

/** The entities of one person in Home Assistant's registry. Works also while the companion does not. */
export class CompanionRegistry {
  readonly #homeAssistant: HomeAssistant;
  readonly #personId: string;

  constructor(homeAssistant: HomeAssistant, personId: string) {
    this.#homeAssistant = homeAssistant;
    this.#personId = personId;
  }

  /** @throws OuraError home_away, home_refused, timed_out; the signal's reason */
  async entries(signal: AbortSignal): Promise<readonly RegistryEntry[]> {
    return registryEntries(await this.#homeAssistant.call({ type: 'config/entity_registry/list' }, signal), this.#personId);
  }

  /** The only way to remove that leaves nothing behind: `remove: true` of a discovery breaks the entity. @throws as `entries` */
  async remove({ entityId }: RegistryEntry, signal: AbortSignal): Promise<void> {
    await this.#leniently('not_found', { type: 'config/entity_registry/remove', entity_id: entityId }, signal);
  }

  /** Removes the device, which an empty one does not do by itself. @throws as `entries` */
  async removeDevice(signal: AbortSignal): Promise<void> {
    await this.#leniently('unknown_command', { type: 'nodered/device/remove', node_id: deviceIdOf(this.#personId) }, signal);
  }

  /** @returns whether it has the new id: another entity may have it. @throws OuraError home_away, timed_out; the signal's reason */
  async rename({ entityId }: RegistryEntry, to: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#homeAssistant.call({ type: 'config/entity_registry/update', entity_id: entityId, new_entity_id: to }, signal);
      return true;
    } catch (error) {
      if (error instanceof OuraError && error.code === 'home_refused') return false;
      throw error;
    }
  }

  /** @param precision decimals to show. @throws as `entries` */
  async setPrecision({ entityId, sensorOptions }: RegistryEntry, precision: number, signal: AbortSignal): Promise<void> {
    const options = { ...sensorOptions, display_precision: precision };
    const command = { type: 'config/entity_registry/update', entity_id: entityId, options_domain: 'sensor', options };
    await this.#leniently('not_found', command, signal);
  }

  async #leniently(
    reason: string,
    command: { readonly type: string; readonly [key: string]: unknown },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#homeAssistant.call(command, signal);
    } catch (error) {
      if (!(error instanceof OuraError && error.code === 'home_refused' && error.params['reason'] === reason)) throw error;
    }
  }
}
