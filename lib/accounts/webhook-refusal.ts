/** By which another installation of this package can be told from anybody else who answers. */
export const WEBHOOK_SERVICE = 'node-red-oura';

/** The body of a refusal at the public route of webhooks. */
export function webhookRefusal(error: string): { readonly error: string; readonly service: string } {
  return { error, service: WEBHOOK_SERVICE };
}
