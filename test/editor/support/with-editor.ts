import { Editor } from './editor';
import type { Rig } from './rig';

/** Opens an editor before the tests of a suite and closes it after them; a dialog that a failed test leaves open bothers no other. */
export function withEditor(rig: Rig, options: { readonly dark?: boolean } = {}): () => Editor {
  let editor: Editor | null = null;
  const opened = (): Editor => {
    if (editor === null) throw new Error('the editor is not open yet');
    return editor;
  };
  before(async () => {
    editor = await Editor.open(rig.browser, rig.nodeRed.url, options);
  });
  afterEach(async () => {
    if (!(await opened().ask<boolean>('isDialogClosed'))) await opened().reload();
  });
  after(async () => {
    await editor?.close();
  });
  return opened;
}
