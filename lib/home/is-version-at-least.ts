/**
 * Whether a version of Home Assistant is at least of a release.
 * @param version `2026.11.0`, also with letters at the end, as betas have
 * @param release `2024.11`
 */
export function isVersionAtLeast(version: string, release: string): boolean {
  const [year = 0, month = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [neededYear = 0, neededMonth = 0] = release.split('.').map(Number);
  return year > neededYear || (year === neededYear && month >= neededMonth);
}
