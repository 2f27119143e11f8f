import { element } from '../support/element';
import type { Outcome } from './outcome';

/**
 * A button that does something on the server and says what came of it. It cannot be pressed again meanwhile.
 * @param work resolves with what to say; '' = nothing
 */
export function sideButton(icon: `fa-${string}`, label: string, outcome: Outcome, work: () => Promise<string>): HTMLButtonElement {
  const words = element('span', {}, label);
  const picture = element('i', { class: `fa ${icon}`, 'aria-hidden': 'true' });
  const button = element('button', { type: 'button', class: 'red-ui-button red-ui-button-small' }, picture, ' ', words);
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true'); // not `disabled`: the focus would be lost
    picture.className = 'fa fa-spinner fa-pulse';
    outcome.clear();
    void run(work, outcome).finally(() => {
      button.removeAttribute('aria-disabled');
      picture.className = `fa ${icon}`;
    });
  });
  return button;
}

async function run(work: () => Promise<string>, outcome: Outcome): Promise<void> {
  try {
    const text = await work();
    if (text !== '') outcome.say(text);
  } catch (error) {
    outcome.report(error);
  }
}
