import { addStyle } from '../support/add-style';
import { offerSetUp } from './offer-set-up';
import css from './sidebar.css';
import { SideTab } from './side-tab';
import { sideTexts as t } from './side-texts';

const PLUGIN = 'oura-sidebar';
const TAB = 'oura';
const ACTION = 'oura:show-sidebar';

/** Makes the sidebar tab part of the editor. */
export function register(): void {
  RED.plugins.registerPlugin(PLUGIN, { type: PLUGIN, onadd: add });
}

function add(): void {
  addStyle('oura-sidebar-style', css);
  const content = new SideTab();
  RED.sidebar.addTab({
    id: TAB,
    label: t('oura-sidebar.label'),
    name: t('oura-sidebar.name'),
    iconClass: 'fa fa-heartbeat',
    content: $(content.element),
    action: ACTION,
    enableOnEdit: true,
    pinned: false,
    onchange: () => {
      content.shown();
    },
  });
  RED.actions.add(ACTION, () => {
    RED.sidebar.show(TAB);
  });
  const offer = (): void => {
    offerSetUp(TAB);
  };
  if (RED.workspaces.count() > 0)
    offer(); // installed while the editor is open
  else RED.events.on('flows:loaded', offer);
}
