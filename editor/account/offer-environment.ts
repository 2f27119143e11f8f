import { element } from '../support/element';
import type { Context } from './context';
import { environmentOffers, type Offer } from './environment';

/** Puts a button below each of these fields that the environment has a value for. */
export function offerEnvironment(context: Context, environment: readonly string[], among: readonly Offer['field'][]): void {
  const { fields, t } = context;
  for (const { field, variable, reference } of environmentOffers(environment).filter((offer) => among.includes(offer.field))) {
    const input = fields.input(field);
    const button = element('button', { type: 'button', class: 'red-ui-button oura-offer' }, t('oura-account.wizard.take', { variable }));
    button.addEventListener('click', () => {
      fields.set(field, reference);
      input.focus();
    });
    const offer = (): void => {
      button.hidden = fields.get(field) === reference;
    };
    input.addEventListener('input', offer);
    offer();
    input.closest('.oura-control')?.append(button);
  }
}
