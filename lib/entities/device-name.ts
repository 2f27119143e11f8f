/** `Oura <name>`, or just `Oura`: how a person's device is called in Home Assistant. @param name of the account */
export function deviceName(name: string): string {
  return name.trim() === '' ? 'Oura' : `Oura ${name.trim()}`;
}
