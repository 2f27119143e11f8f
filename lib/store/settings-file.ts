import { readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../async/system-clock';
import { systemCode } from '../errors/system-code';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import { JsonValues } from './json-values';
import { replaceFile } from './replace-file';

/**
 * Settings in one JSON file (mode 0600, its folder 0700). A file that cannot be read is set aside as `<name>.corrupt-<epoch ms>` and the
 * settings start empty, with a warning. When the disk refuses a save the value lives on in memory, the next save tries again, and the log
 * says once that it began and once that it ended. A key never saved loads as undefined; saving undefined forgets it.
 */
export function openSettingsFile(file: string, logger: Logger): Settings {
  return new SettingsFile(file, logger);
}

class SettingsFile implements Settings {
  readonly #file: string;
  readonly #logger: Logger;
  readonly #values = new JsonValues();
  #isWritten = true;

  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
    try {
      for (const [key, value] of Object.entries(readObject(file))) this.#values.save(key, value);
    } catch (cause) {
      if (systemCode(cause) !== 'ENOENT') this.#setAside(cause);
    }
  }

  load(key: string): unknown {
    return this.#values.load(key);
  }

  save(key: string, value: unknown): void {
    const isNew = this.#values.save(key, value);
    if (!isNew && this.#isWritten) return;
    try {
      replaceFile(this.#file, () => this.#values.toText());
      if (!this.#isWritten) this.#logger.info(`The settings can be saved again: ${basename(this.#file)}.`);
      this.#isWritten = true;
    } catch (cause) {
      const reason = systemCode(cause);
      if (reason === null) throw cause;
      if (this.#isWritten) this.#logger.warn(`The settings cannot be saved (${reason}): ${basename(this.#file)}. They are kept in memory.`);
      this.#isWritten = false;
    }
  }

  #setAside(cause: unknown): void {
    const name = basename(this.#file);
    const aside = `${name}.corrupt-${systemClock.now()}`;
    const reason = systemCode(cause) ?? 'no JSON object';
    try {
      renameSync(this.#file, join(dirname(this.#file), aside));
      this.#logger.warn(`The settings cannot be read (${reason}): ${name} was set aside as ${aside}; the settings start empty.`);
    } catch (failure) {
      const why = systemCode(failure);
      if (why === null) throw failure;
      this.#logger.warn(`The settings cannot be read (${reason}) nor set aside (${why}): ${name}. They start empty.`);
    }
  }
}

function readObject(file: string): object {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('no object');
  return value;
}
