const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Every default, bound and time-out of the package, in one place. Names say the unit. */
export const LIMITS = {
  /** Oura's base address; `apiBase` of an account replaces it. */
  apiBase: 'https://api.ouraring.com',
  /** First day that is asked for when everything is wanted: Oura's first ring. */
  firstDay: '2015-01-01',
  requestTimeoutMs: 30 * SECOND,
  /** Tries of one request, the first included. */
  requestTries: 4,
  retryFirstDelayMs: 1 * SECOND,
  retryMaxDelayMs: 60 * SECOND,
  /** Longest `Retry-After` that is believed. */
  retryAfterMaxMs: 1 * HOUR,
  /** Used when a 429 names no time. */
  retryAfterDefaultMs: 60 * SECOND,
  /** Failures in a row after which an account stops asking for a while, and how long (doubling up to the maximum). */
  breakerFailures: 8,
  breakerFirstPauseMs: 1 * MINUTE,
  breakerMaxPauseMs: 30 * MINUTE,
  /** Requests at once per application, and its token bucket: below the 5000 per 5 minutes that Oura once named. */
  applicationConcurrency: 6,
  applicationBurst: 1500,
  applicationPerSecond: 8,
  /** Requests a day and account. */
  dailyBudget: 5000,
  /** Part of the budget that backfill may not touch, so that fresh data always gets through. */
  budgetReserve: 1000,
  /** Largest answer that is read, bytes. */
  answerMaxBytes: 64 * 1024 * 1024,
  /** Pages of one window before the guard gives up. */
  pagesMax: 2000,
  /** Slowest poll in waking hours, minutes; the account's `interval`. */
  intervalMinutes: 15,
  intervalMinMinutes: 1,
  /** Days the first load fetches before history begins. */
  firstLoadDays: 7,
  /** Days each poll looks back beside the newest. */
  pollBackDays: 2,
  /** After silence of the ring a poll looks back to its last day, at most this far. */
  silenceMaxDays: 30,
  /** Series polls begin this long before the newest row. */
  seriesOverlapMs: 12 * HOUR,
  /** Pause of one family after a failure, doubling up to the maximum. */
  familyRetryFirstMs: 1 * MINUTE,
  familyRetryMaxMs: 30 * MINUTE,
  /** How long a family is left alone after a missing scope or a lapsed membership, and an account after a refused token. */
  scopeRetryMs: 24 * HOUR,
  membershipRetryMs: 6 * HOUR,
  signInRetryMs: 6 * HOUR,
  /** Most days kept in memory mode. */
  memoryDays: 90,
  /** Days of the sandbox snapshot. */
  sandboxDays: 30,
  changeLogMs: 30 * DAY,
  /** Source nodes skip changes older than this. */
  changeMaxAgeMs: 24 * HOUR,
  retentionEveryMs: 6 * HOUR,
  /** Waits longer than this re-check the wall clock. */
  clockCheckMs: 1 * MINUTE,
  /** How long an engine outlives its last user across a redeploy. */
  releaseGraceMs: 5 * SECOND,
  tokenTimeoutMs: 10 * SECOND,
  /** Tokens are renewed this long before they expire, or at the last part of a short life. */
  tokenAheadMs: 5 * MINUTE,
  tokenAheadShare: 0.1,
  /**
   * A token refused by the API so soon after it was renewed is not renewed again before this time has passed, doubling each time that
   * happens in a row; after so many times the sign-in has ended.
   */
  tokenFreshMs: 10 * MINUTE,
  tokenRefusalRounds: 6,
  /** How long a renewal that another process has begun is waited for. */
  renewalPatienceMs: 1 * MINUTE,
  /** How long a sign-in may take from the address of Oura's consent page to the code. */
  signInMs: 10 * MINUTE,
  /** Sign-ins under way at once. */
  signInsMax: 50,
  /** How long the debug log of an account runs. */
  debugLogMs: 1 * HOUR,
  /** Problems of the past that are remembered for the diagnostics of an account. */
  pastProblemsMax: 20,
  /** How long an account must be gone from the flows before what it left is deleted, and how often that is looked at. */
  removalMs: 24 * HOUR,
  removalEveryMs: 1 * HOUR,
  documentsPerTransaction: 500,
  rowsPerTransaction: 5000,
  setAsideMax: 500,
} as const;
