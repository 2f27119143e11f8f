import type { Body } from '../metric';
import { textAt } from './text-at';

/** What a tag is called: the custom name, else Oura's code of the type, else (text-only tags have none) the text itself. */
export function tagName(body: Body): string | null {
  const words = ['custom_name', 'tag_type_code', 'comment'].map((field) => textAt(body, field)?.trim() ?? '');
  return words.find((word) => word !== '') ?? null;
}
