/** Buttons that Node-RED puts beside a list of nodes: links with an icon, without a name and out of the keyboard's reach. */
const BUTTONS = { edit: 'button.edit', add: 'button.add' } as const;

/** Gives the buttons beside the lists of nodes a name and makes them work with the keyboard. */
export function nameButtons(root: HTMLElement, t: Translate): void {
  for (const property of ['server', 'broker']) {
    const what = root.querySelector(`label[for=node-config-input-${property}]`)?.textContent.trim() ?? '';
    for (const [kind, key] of Object.entries(BUTTONS)) {
      const button = root.querySelector<HTMLElement>(`#node-config-input-btn-${property}-${kind}`);
      if (button === null) continue;
      button.setAttribute('role', 'button');
      button.setAttribute('tabindex', '0');
      button.setAttribute('aria-label', t(key, { what }));
      button.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        button.click();
      });
    }
  }
}
