import { sideTexts as t } from './side-texts';

const OFFERED = 'oura-set-up-offered';
const TYPE = 'oura-account';

/**
 * Offers the set-up after the package was installed: once for each user of a browser, and only while there is no account.
 * @param tab the tab to show beside the dialog
 */
export function offerSetUp(tab: string): void {
  if (localStorage.getItem(OFFERED) !== null || hasAccount()) return;
  localStorage.setItem(OFFERED, new Date().toISOString());
  const notification = RED.notify(`<p>${t('oura-sidebar.offer.text')}</p>`, {
    type: 'success',
    fixed: true,
    buttons: [
      {
        text: t('oura-sidebar.offer.later'),
        click: () => {
          notification.close();
        },
      },
      {
        text: t('oura-sidebar.button.setUp'),
        class: 'primary',
        click: () => {
          notification.close();
          RED.sidebar.show(tab);
          RED.editor.editConfig('', TYPE, '_ADD_');
        },
      },
    ],
  });
}

function hasAccount(): boolean {
  let found = false;
  RED.nodes.eachConfig(({ type }) => {
    found ||= type === TYPE;
    return !found;
  });
  return found;
}
