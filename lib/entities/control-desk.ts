import { controlOf, isControlKey, type ControlKey } from '../catalogue/controls';
import { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { EntityCommand } from '../home/entity';
import type { Logger } from '../ports/logger';
import type { AccountSession } from '../sync/account-session';
import { refresh } from '../sync/refresh';
import type { SharedPerson } from './shared-person';

export interface DeskPorts {
  readonly session: AccountSession;
  readonly person: SharedPerson;
  readonly logger: Logger;
  /** When the person's next local day begins, epoch ms. */
  readonly tomorrow: () => number;
  /** Hears of buttons; what else changes is told by the control book. */
  readonly onPress: (key: ControlKey) => void;
}

/** Does what a person orders in Home Assistant. */
export class ControlDesk {
  readonly #ports: DeskPorts;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  /** A value that the control cannot take is refused, and the log says so. */
  act({ key, value }: EntityCommand, signal: AbortSignal): void {
    const { person, logger, tomorrow, onPress } = this.#ports;
    try {
      if (!isControlKey(key) || controlOf(key).kind !== 'button') person.controls.set(key, value, tomorrow());
      else {
        onPress(key);
        if (key === 'refresh_data') void this.#refresh(signal); // reports its own failure
      }
    } catch (cause) {
      if (!(cause instanceof OuraError)) throw cause;
      logger.warn(cause.message);
    }
  }

  /** Whoever presses meanwhile waits for the same reading. */
  async #refresh(signal: AbortSignal): Promise<void> {
    const { session, person, logger } = this.#ports;
    const request = { families: [], range: 'recent' } as const;
    try {
      const engine = await session.whenEngine(signal);
      await person.refreshes.run('recent', (flight) => refresh(engine, request, () => undefined, flight), signal);
    } catch (cause) {
      if (!signal.aborted) logger.warn(`Oura could not be read now: ${toOuraError(cause).message}`);
    }
  }
}
