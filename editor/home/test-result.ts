import type { HomeTest } from '../../lib/home/wire';
import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import { toldText } from '../support/told-text';

/** What a test found: in a line, in a table, and what to do about each problem. */
export function testResult(t: Translate, answer: HomeTest): readonly HTMLElement[] {
  const { problems } = answer;
  const isGood = problems.length === 0;
  const icon = element('i', { class: `fa ${isGood ? 'fa-check' : 'fa-exclamation-triangle'}`, 'aria-hidden': 'true' });
  const list = problems.map((problem) => element('li', {}, toldText(accountTexts, problem)));
  return [
    element('p', {}, icon, ` ${t(isGood ? 'test.good' : 'test.bad')}`),
    ...(answer.version === null ? [] : [facts(t, answer)]),
    ...(isGood ? [] : [element('ul', { class: 'oura-list' }, ...list)]),
  ];
}

function facts(t: Translate, { version, isAdmin, mqtt, companion }: HomeTest): HTMLElement {
  const rows = [
    ['test.version', version ?? ''],
    ['test.admin', t(isAdmin === true ? 'test.isAdmin' : 'test.isNotAdmin')],
    ['test.mqtt', t(mqtt === true ? 'test.hasMqtt' : 'test.hasNoMqtt')],
    ['test.companion', companion ?? t('test.hasNoCompanion')],
  ] as const;
  return element('dl', { class: 'oura-facts' }, ...rows.flatMap(([key, text]) => [element('dt', {}, t(key)), element('dd', {}, text)]));
}
