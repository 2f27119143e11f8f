import type { RealMosquitto, MqttMessage } from '../../test/e2e/support/real-mosquitto';
import { until } from '../../test/e2e/support/until';

export type MessageKind = 'config' | 'state' | 'attributes' | 'availability';

/** A message of the package about an entity or a person. */
export interface OwnMessage {
  readonly kind: MessageKind;
  /** Slug, or for discovery the part of the topic that names the person. */
  readonly person: string;
  /** Empty for the availability. */
  readonly key: string;
  readonly payload: string;
  readonly at: number;
}

const CONFIG = /^homeassistant\/\w+\/(oura_\w+)\/(\w+)\/config$/;
const OWN = /^oura\/([^/]+)\/(state|attributes|availability)(?:\/(\w+))?$/;
/** So long nothing may be published for it to have ended. */
const QUIET_MS = 10_000;
const PATIENCE_MS = 300_000;

/** The package's messages that came after the given number of all; not those by which a node asks the broker for what it keeps. */
export function ownMessages({ messages }: RealMosquitto, after: number): readonly OwnMessage[] {
  return messages.slice(after).flatMap((message) => {
    const own = readMessage(message);
    return own === null || message.retain ? [] : [own];
  });
}

/** Waits until nothing more comes. @param isDone whether what must come has come */
export async function untilQuiet(
  mosquitto: RealMosquitto,
  after: number,
  isDone: (messages: readonly OwnMessage[]) => boolean,
): Promise<readonly OwnMessage[]> {
  const probe = (): readonly OwnMessage[] | false => {
    const messages = ownMessages(mosquitto, after);
    const last = messages.at(-1);
    return last !== undefined && performance.now() - last.at > QUIET_MS && isDone(messages) && messages;
  };
  const tell = (): string => {
    const messages = ownMessages(mosquitto, after);
    return `${messages.length} came, the last of them about ${messages.at(-1)?.key ?? 'nothing'}`;
  };
  return until('silence after all messages', probe, { patienceMs: PATIENCE_MS, tell });
}

function readMessage({ topic, payload, at }: MqttMessage): OwnMessage | null {
  const [, device, configKey] = CONFIG.exec(topic) ?? [];
  if (device !== undefined && configKey !== undefined) return { kind: 'config', person: device, key: configKey, payload, at };
  const [, person, kind, key = ''] = OWN.exec(topic) ?? [];
  return person === undefined ? null : { kind: kind as MessageKind, person, key, payload, at }; // one of those in the expression
}
