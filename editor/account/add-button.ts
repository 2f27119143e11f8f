/** The button of Node-RED that saves the dialog, and the shade beside the dialog, which does the same. */
export class AddButton {
  readonly #button = document.querySelector<HTMLButtonElement>('#node-config-dialog-ok');
  readonly #why: string;
  #ready = true;

  /** @param why the account cannot be saved yet @param closing aborted when the dialog closes */
  constructor(why: string, closing: AbortSignal) {
    this.#why = why;
    const guard = (event: Event): void => {
      if (!this.#ready) event.stopImmediatePropagation();
    };
    document.querySelector('#red-ui-editor-shade')?.addEventListener('click', guard, { capture: true, signal: closing });
  }

  set ready(ready: boolean) {
    this.#ready = ready;
    if (this.#button === null) return;
    this.#button.disabled = !ready;
    this.#button.classList.toggle('disabled', !ready); // what Node-RED looks at when its keys are pressed
    this.#button.title = ready ? '' : this.#why;
  }
}
