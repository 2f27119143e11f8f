import { OuraError } from '../errors/oura-error';

const COMMANDS = ['status', 'check', 'subscribe'] as const;
export type WebhookCommand = (typeof COMMANDS)[number];

/**
 * What an input message asks of a webhook node: `msg.oura.command`, else a text as payload, else its status.
 * @throws OuraError `field_invalid` for a word that is no command
 */
export function webhookOrder({ payload, oura }: { readonly payload?: unknown; readonly oura?: unknown }): WebhookCommand {
  const asked = typeof oura === 'object' && oura !== null ? (oura as Readonly<Record<string, unknown>>)['command'] : undefined; // read as unknown
  const word = asked ?? (typeof payload === 'string' ? payload.trim() : '');
  const command = word === '' ? 'status' : COMMANDS.find((one) => one === word);
  if (command === undefined) throw new OuraError('field_invalid', { field: 'command' });
  return command;
}
