/** A text of the account's catalogue, which holds everything that the dialog and the sidebar share. */
export function accountTexts(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return RED._(`@oura-flows/node-red-oura/oura-account:${key}`, params);
}
