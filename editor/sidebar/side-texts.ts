/** A text of the sidebar's own catalogue. */
export function sideTexts(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return RED._(`@oura-flows/node-red-oura/oura-sidebar:${key}`, params);
}
