import type { Overview } from '../../lib/accounts/wire';
import { element } from '../support/element';
import { sideTexts as t } from './side-texts';

type Requests = NonNullable<Overview['requests']>;

const [WIDTH, HEIGHT, STEP, BAR] = [240, 40, 10, 7];
const MARKED_HOURS = [0, 6, 12, 18];

/** The requests of the day: how many of how many, and a bar for each hour. */
export function requestChart({ used, limit, byHour }: Requests): HTMLElement {
  const words = t('oura-sidebar.requests.used', { used, limit });
  const share = Math.min(100, limit === 0 ? 100 : (100 * used) / limit);
  const fill = element('span', { style: `width: ${share.toFixed(1)}%` });
  const meter = element('div', { class: `oura-meter${share >= 100 ? ' oura-full' : ''}`, 'aria-hidden': 'true' }, fill);
  return element('div', { class: 'oura-requests' }, element('p', {}, words), meter, bars(byHour));
}

function bars(byHour: readonly number[]): SVGElement {
  const most = Math.max(...byHour, 1);
  const chart = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT + 12}`, role: 'img', 'aria-label': labelOf(byHour), class: 'oura-chart' });
  chart.append(svg('line', { x1: '0', x2: String(WIDTH), y1: String(HEIGHT), y2: String(HEIGHT), class: 'oura-axis' }));
  byHour.forEach((count, hour) => {
    const height = count === 0 ? 0 : Math.max(2, (HEIGHT * count) / most);
    const bar = svg('rect', { x: String(hour * STEP + 1), y: (HEIGHT - height).toFixed(1), width: String(BAR), height: height.toFixed(1) });
    bar.append(svg('title', {}, t('oura-sidebar.requests.hour', { hour: hourText(hour), count })));
    chart.append(bar);
  });
  for (const hour of MARKED_HOURS) chart.append(svg('text', { x: String(hour * STEP + 1), y: String(HEIGHT + 10) }, hourText(hour)));
  return chart;
}

function labelOf(byHour: readonly number[]): string {
  const hours = byHour.flatMap((count, hour) => (count === 0 ? [] : [t('oura-sidebar.requests.hour', { hour: hourText(hour), count })]));
  return hours.length === 0 ? t('oura-sidebar.requests.none') : `${t('oura-sidebar.requests.label')} ${hours.join(', ')}`;
}

function hourText(hour: number): string {
  return `${hour.toString().padStart(2, '0')}:00`;
}

function svg(tag: string, attributes: Readonly<Record<string, string>>, text?: string): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
