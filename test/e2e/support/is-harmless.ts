import type { LogEntry } from './home-assistant-log';

/** What Home Assistant says in a set-up like this one whether or not anything is published to it. */
const HARMLESS: readonly { readonly logger: RegExp; readonly text: RegExp }[] = [
  { logger: /^homeassistant\.bootstrap$/, text: /^Skipping pip installation/ },
  { logger: /^haffmpeg\./, text: /^FFmpeg fails|^Error starting FFmpeg/ },
  { logger: /\.camera\.img_util$/, text: /libturbojpeg/ },
  // What onboarding starts by itself, and is not installed here.
  { logger: /./, text: /integration (?:met|radio_browser)\b|\bgoogle_translate\b/ },
  { logger: /^(?:homeassistant|aiohttp\.server)$/, text: /UnknownHandler/ },
  // A test stopped the broker.
  {
    logger: /^homeassistant\.components\.mqtt\.client$/,
    text: /^Error returned from MQTT server: The connection was lost|^Failed to connect/,
  },
  { logger: /^homeassistant(?:\.components\.mqtt\.\w+)?$/, text: /Error talking to MQTT: The client is not currently connected/ },
  // A busy machine.
  { logger: /^homeassistant\.setup$/, text: /^Setup of \S+ is taking over/ },
  { logger: /./, text: /^Waiting (?:for|on) integrations to complete setup/ },
];

/** Whether an entry of the log comes from the set-up of the tests, not from what they test. */
export function isHarmless({ logger, text }: LogEntry): boolean {
  return HARMLESS.some((one) => one.logger.test(logger) && one.text.test(text));
}
