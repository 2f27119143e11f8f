import type { HomeAssistantRest } from './home-assistant-rest';

/** One dialog of a set-up, or its end. */
interface FlowStep {
  readonly type: string;
  readonly flow_id: string;
  readonly reason?: string;
  readonly errors?: object | null;
  readonly data_schema?: readonly { readonly name: string }[];
}

/**
 * Sets an integration up as a person does in the settings.
 * @param answers to all questions that any version asks; each version is given those it knows, as it refuses others
 * @throws Error when Home Assistant does not add it
 */
export async function addIntegration(rest: HomeAssistantRest, handler: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
  const route = '/api/config/config_entries/flow';
  const first = await rest.call<FlowStep>('POST', route, { handler, show_advanced_options: false });
  const known = Object.fromEntries((first.data_schema ?? []).map(({ name }) => [name, answers[name]]));
  const last = first.type === 'form' ? await rest.call<FlowStep>('POST', `${route}/${first.flow_id}`, known) : first;
  if (last.type !== 'create_entry') throw new Error(`${handler}: ${last.type} ${last.reason ?? ''} ${JSON.stringify(last.errors ?? {})}`);
}
