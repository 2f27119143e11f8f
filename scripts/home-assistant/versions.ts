/** A name of what is to be installed: a version of Home Assistant, or the newest that can be had. */
export type Wanted = string;

/** The oldest Home Assistant that the package supports. */
export const OLDEST: Wanted = '2024.1.6';
/** The newest one that PyPI has for the newest Python that can be had. */
export const NEWEST: Wanted = 'latest';

/** A Python that runs a range of Home Assistant's versions. */
export interface PythonNeed {
  /** First version that needs it, as year * 100 + month. */
  readonly since: number;
  /** `3.11`; another minor version has none of the wheels that the version pins. */
  readonly minor: `3.${number}`;
  /** Lowest patch level. */
  readonly patch: number;
  /** The Debian that has it, where one has. */
  readonly suite: string | null;
}

/** By Home Assistant's `requires-python`; measured by installing (November 2026). */
const NEEDS = [
  { since: 0, minor: '3.11', patch: 0, suite: 'bookworm' },
  { since: 202404, minor: '3.12', patch: 0, suite: null },
  { since: 202502, minor: '3.13', patch: 0, suite: 'trixie' },
  { since: 202505, minor: '3.13', patch: 2, suite: 'trixie' },
  { since: 202603, minor: '3.14', patch: 2, suite: 'forky' },
] as const satisfies readonly PythonNeed[];

/** Minor versions of Python that some Home Assistant runs on, newest first. */
export const MINORS: readonly string[] = [...new Set(NEEDS.map(({ minor }) => minor))].toReversed();

/** What a Home Assistant runs on. @throws RangeError when the name is neither `latest` nor a version such as `2024.1.6` */
export function pythonNeed(wanted: Wanted): PythonNeed {
  const [, year, month] = /^(\d{4})\.(\d{1,2})\.\d+$/.exec(wanted) ?? [];
  if (wanted !== NEWEST && year === undefined) throw new RangeError(`${wanted} is no version of Home Assistant`);
  const at = year === undefined ? Infinity : Number(year) * 100 + Number(month);
  return NEEDS.findLast(({ since }) => since <= at) ?? NEEDS[0];
}
