import { element } from './element';

export type Tone = 'good' | 'bad' | 'plain';

const ICONS: Readonly<Record<Tone, string>> = { good: 'fa-check', bad: 'fa-times', plain: 'fa-circle-o' };

/** A small label with an icon, so that colour alone says nothing. */
export function chip(text: string, tone: Tone, icon = ICONS[tone]): HTMLElement {
  return element('span', { class: `oura-chip oura-${tone}` }, element('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }), ` ${text}`);
}
