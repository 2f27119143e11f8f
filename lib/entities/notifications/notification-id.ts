/** The same notification has the same id after every restart: `oura_<owner>_<subject>`, lower case, nothing but letters, digits and `_`. */
export function notificationId(owner: string, subject: string): string {
  return `oura_${owner}_${subject}`.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
