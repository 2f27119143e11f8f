import type { HomeAssistantRest } from './home-assistant-rest';
import { HomeAssistantSocket } from './home-assistant-socket';
import { until } from './until';

const LIFESPAN_DAYS = 365;

/**
 * Does with a new Home Assistant what a person does in its first dialogs: makes the owner and ends the dialogs.
 * @returns a token of the owner that lasts; `rest` uses it from now on
 */
export async function onboard(rest: HomeAssistantRest, tell: () => string): Promise<string> {
  const client = `${rest.url}/`;
  const isUp = (): Promise<boolean> =>
    rest.ask('GET', '/api/onboarding').then(
      ({ status }) => status === 200,
      () => false,
    );
  await until('Home Assistant to ask for an owner', isUp, { patienceMs: 180_000, tell });
  const owner = { client_id: client, name: 'Test', username: 'test', password: 'test-password', language: 'en' };
  const { auth_code: code } = await rest.call<{ readonly auth_code: string }>('POST', '/api/onboarding/users', owner);
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: client });
  const { access_token: short } = await rest.call<{ readonly access_token: string }>('POST', '/auth/token', form);
  rest.use(short);
  const socket = await HomeAssistantSocket.connect(rest.url, short);
  const token = await socket.send<string>({ type: 'auth/long_lived_access_token', client_name: 'test', lifespan: LIFESPAN_DAYS });
  socket.close();
  rest.use(token);
  // It starts integrations that are not installed here, so that 2024.1 answers 500 to the first; the step counts as done all the same.
  await rest.ask('POST', '/api/onboarding/core_config', {});
  await rest.ask('POST', '/api/onboarding/analytics', {});
  await rest.ask('POST', '/api/onboarding/integration', { client_id: client, redirect_uri: client });
  return token;
}
