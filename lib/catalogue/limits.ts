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
  /** Series polls begin this long before the newest row; what arrives later is found by the daily comparison. */
  seriesOverlapMs: 2 * HOUR,
  /** Requests a day that are aimed at with an interval of `intervalMinutes`; where webhooks tell of most; while those are silent. */
  rationPolling: 96,
  rationWebhooks: 37,
  rationSilent: 260,
  /** Part of the ration that probes may take however small it is, and part of a small daily budget that the planner aims at. */
  probesShare: 0.4,
  rationShare: 0.8,
  /** Probes a day at least, whatever reading costs. */
  probesMinPolling: 24,
  probesMinWebhooks: 7,
  /** A family that has not moved for so long tells nothing of syncs as long as another one moves. */
  livelyMs: 4 * DAY,
  /** Probes an hour at most. */
  probesPerHourMax: 60,
  /** Longest pause between probes by day, at night, and while webhooks are silent, in intervals; what a silent ring stretches it to. */
  probePauseDay: 4,
  probePauseNight: 24,
  probePauseSilent: 2,
  /** By day while events come: a pause without any is not left to the rhythm that was learned for longer. */
  probePauseHeard: 10,
  probePauseMaxMs: 6 * HOUR,
  /** A ring silent for longer is probed less and less often. */
  silentMs: 24 * HOUR,
  /** How much a delay counts while the person usually sleeps. */
  nightWeight: 0.03,
  /** How much it counts for last night: that brings some twelve documents, other syncs four. */
  nightValue: 3,
  /** How often an engine notes that it works, and after which pause it reads everything once when it starts. */
  awakeEveryMs: 5 * MINUTE,
  awayMs: 15 * MINUTE,
  /** Syncs of the ring that are remembered, and how fast older ones lose weight. */
  sightingsMax: 600,
  rhythmHalfLifeMs: 21 * DAY,
  rhythmDays: 42,
  /** Nights that tell the waking hours of these days. */
  wakingNights: 5,
  /** So near to each other by the clock two of them are one habit, weekends and working days too; the newest habit counts. */
  wakingAlikeMinutes: 240,
  /** Lowest price of a read: a family that moves with a share of all syncs is read after about √(price / share) of them. */
  readPrice: 0.3,
  /** Oldest answer of a family, in intervals of the account. */
  ageMax: 144,
  /** Families that hardly ever change are left alone so long though the app was opened; what comes whole for longer, and it grows older. */
  rareMinMs: 20 * HOUR,
  rareMinWholeMs: 68 * HOUR,
  ageFactorWhole: 2,
  /** While last night is missing it is looked for this many intervals after waking, then twice as many, and so on. */
  nightLookEvery: 6,
  /** Where nothing lies in those days there is nothing to amend or delete: it is enough to look every few days. */
  reconcileIdleDays: 3,
  /** Days that are compared once a day; how long after waking, and after midnight at the latest, if nothing else is read. */
  reconcileDays: 14,
  reconcileAfterWakingMs: 8 * HOUR,
  reconcileLatestMs: 20 * HOUR,
  /** Events of webhooks: how long one waits for others to come along, and at most. */
  eventQuietMs: 1500,
  eventWaitMaxMs: 5 * SECOND,
  /** How long one may wait for the next of its family where requests are dear. */
  eventHoldMs: 4 * HOUR,
  /** Pause before a document is asked for again that an event told of and that is not there yet, doubling up to the maximum; tries. */
  eventRetryFirstMs: 30 * SECOND,
  eventRetryMaxMs: 1 * HOUR,
  eventTries: 14,
  /** How long an event waits at most for a document that Oura cannot give; the daily comparison brings it then. */
  eventKeptMs: 24 * HOUR,
  /** A change that polling found must have had its event so long before or after, else webhooks count as silent. */
  eventGraceBeforeMs: 30 * MINUTE,
  eventGraceAfterMs: 3 * MINUTE,
  /** How long a sync that was seen waits for its event before activity is asked whether it has moved. */
  witnessMs: 1 * MINUTE,
  /** Stored documents missing from an answer that are asked for by themselves in one comparison, and failures after which it stops. */
  reconcileSuspectsMax: 20,
  reconcileFailuresMax: 3,
  /** A missing document that is still there when asked for is left alone this long; so many are remembered. */
  suspectRestMs: 3 * DAY,
  suspectsRememberedMax: 200,
  /** So many rows fit on one page of a series with room for some new ones. */
  seriesPageRows: 800,
  /** A hole in a series is longer than this and than so many times its usual spacing. */
  seriesHoleMs: 2 * HOUR,
  seriesHoleFactor: 4,
  /** Holes nearer to each other than this are read in one piece; so many pieces in one comparison. */
  seriesHoleJoinMs: 6 * HOUR,
  reconcileHolesMax: 3,
  /** This long after its end a hole, also one that was filled, is asked for a last time; so many are remembered. */
  seriesLateMs: 7 * DAY,
  holesRememberedMax: 100,
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
  /** How long a public address may take to answer when it is checked; Oura waits as long. */
  addressTimeoutMs: 10 * SECOND,
  /** Largest post of a webhook that is read, and how much of a larger one is let pass before its connection is cut, bytes. */
  webhookMaxBytes: 64 * 1024,
  /** How long after an account has ended its events are put off rather than dropped: it may be about to start again. */
  webhookAwayMs: 10 * MINUTE,
  /** Longest body that is written anew to try the other way of signing; an event has some 250 bytes. */
  webhookRewriteMaxBytes: 4 * 1024,
  webhookDiscardMaxBytes: 8 * 1024 * 1024,
  /** How far the time of a post may be from ours. */
  webhookSkewMs: 5 * MINUTE,
  /** Accepted signatures that are remembered, so that none counts twice. */
  webhookReplayMax: 20_000,
  /** How long accounts have to gather before their application's subscriptions are looked at. */
  webhookSettleMs: 2 * SECOND,
  /** How often subscriptions are looked at, and at most. */
  webhookLookMs: 24 * HOUR,
  webhookLookMinMs: 10 * MINUTE,
  /** They are renewed this long before they expire, or at the last part of a short life. */
  webhookRenewAheadMs: 30 * DAY,
  webhookRenewShare: 1 / 3,
  /** Pause after a failure, doubling up to the maximum. */
  webhookRetryFirstMs: 1 * MINUTE,
  webhookRetryMaxMs: 6 * HOUR,
  /** How often at most it is written down when the last events came. */
  webhookNoteMs: 10 * SECOND,
  /** How often at most silent subscriptions are made anew. */
  webhookReviveMs: 24 * HOUR,
  /** How long the debug log of an account runs. */
  debugLogMs: 1 * HOUR,
  /** Problems of the past that are remembered for the diagnostics of an account. */
  pastProblemsMax: 20,
  /** How long an account must be gone from the flows before what it left is deleted, and how often that is looked at. */
  removalMs: 24 * HOUR,
  removalEveryMs: 1 * HOUR,
  /** Oldest Home Assistant this package works with, and the oldest whose companion integration does. */
  oldestHomeAssistant: '2024.1',
  companionHomeAssistant: '2024.11',
  /** How long Home Assistant has for the answer to a command, and for a statistics import. */
  homeCallTimeoutMs: 10 * SECOND,
  homeImportTimeoutMs: 60 * SECOND,
  /** Pause before the connection with Home Assistant is made anew, doubling up to the maximum. */
  homeReconnectFirstMs: 1 * SECOND,
  homeReconnectMaxMs: 60 * SECOND,
  /** How often Home Assistant is asked whether it has started. */
  homeStartPollMs: 1 * SECOND,
  /** A silent connection with Home Assistant is probed after this time, so that a machine that has vanished is noticed. */
  homeKeepAliveMs: 30 * SECOND,
  /** How long Home Assistant has to say goodbye when we close the connection. */
  homeCloseTimeoutMs: 2 * SECOND,
  /** How long the companion may take to answer after Home Assistant has started. */
  companionPatienceMs: 30 * SECOND,
  /** Messages with the companion under way at once. */
  companionConcurrency: 50,
  /** When a control is offered again that the end of an earlier connection has hidden, unless the companion is loaded anew. */
  companionHealMs: 2 * SECOND,
  /** How long after its answer the companion may make an entity, at most. */
  companionMakesMs: 2 * SECOND,
  /** Events are told this long after they happened, not later. */
  eventKeepMs: 5 * MINUTE,
  /** Events that wait for Home Assistant at once; the oldest go first. */
  eventsWaiting: 200,
  /** What the ring brings within this time is one sync of the ring. */
  ringSyncMs: 5 * MINUTE,
  /** Messages with the broker under way at once. */
  brokerConcurrency: 32,
  /** How long a broker has to tell what it retains. */
  readBackMs: 2 * SECOND,
  /** How long Home Assistant has to let go of entities before their states are cleared, and how much more for each of them. */
  clearPauseMs: 2 * SECOND,
  clearPausePerEntityMs: 40,
  /** How long the clearing of topics may keep a deploy waiting; Node-RED waits 15 s. */
  clearTimeoutMs: 14 * SECOND,
  /** Messages about further entities that wait until the person is known. */
  earlyMessagesMax: 100,
  /** Longest state that Home Assistant takes. */
  stateMaxCharacters: 255,
  /** Most that the attributes of an entity may hold: above 16 kB, with its own ones, Home Assistant keeps none of them in its history. */
  attributesMaxBytes: 15 * 1024,
  /** Heart-rate rows not older than this tell whether somebody is in bed or sleeps. */
  bedEvidenceMs: 60 * MINUTE,
  /** Nights from whose bedtimes the usual one is taken, and how many are needed. */
  usualNights: 14,
  usualNightsMin: 3,
  /** How often at most these get a new state, so that the recorder of Home Assistant stays small. */
  contactEveryMs: 4 * HOUR,
  callsEveryMs: 6 * HOUR,
  /** How long webhooks are being set up before Home Assistant is told of it. */
  subscribingShownMs: 2 * MINUTE,
  /** What one sync of the ring brought ends within this time. */
  syncSpreadMs: 20 * MINUTE,
  /** Before this local hour nobody has to be told that last night has not arrived yet. */
  nightByHour: 12,
  /** How long an attempt to clear what removed nodes have left takes rest after a failure. */
  leftoversRetryMs: 1 * MINUTE,
  /** How long one clearing of what a node has left may take: 2 s and 40 ms for each entity over MQTT, and the broker's own pace. */
  leftoversTimeoutMs: 1 * MINUTE,
  /** An alert of the same kind is told again no sooner than this after its end; one about the day so far also on another day. */
  alertCoolDownMs: 12 * HOUR,
  /** Alerts are judged with each change of data, and this often without one. */
  alertEveryMs: 15 * MINUTE,
  /** Rows of one statistics import, rows of one reading at most, statistics taken away at once. */
  statisticsPerCall: 500,
  statisticsPerRead: 5000,
  statisticsPerClear: 50,
  /**
   * How long Home Assistant has to write the next one of the statistics it was handed (2024.1 needs some 5 s for five years of one), and
   * the pause before it is looked at again, doubling up to the maximum.
   */
  statisticsPatienceMs: 60 * SECOND,
  statisticsLookFirstMs: 200,
  statisticsLookMaxMs: 3 * SECOND,
  /** Pause before statistics that could not be written are tried again, doubling up to the maximum. */
  statisticsRetryFirstMs: 30 * SECOND,
  statisticsRetryMaxMs: 30 * MINUTE,
  documentsPerTransaction: 500,
  rowsPerTransaction: 5000,
  setAsideMax: 500,
} as const;
