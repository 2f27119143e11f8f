/**
 * When the same call may work again: `never` as it stands, `later` by itself, `after-user-action` when a person has done something.
 */
export type Retry = 'never' | 'later' | 'after-user-action';

interface ErrorCode {
  readonly retry: Retry;
  /** Only a new sign-in (or token) helps. */
  readonly signIn?: true;
  /** English, for logs; `{name}` is replaced by the parameter. Names no value of a document, no token, no secret. */
  readonly message: string;
}

/** Every error of this package. The texts people see are in the locale files under `error.<code>`. */
export const ERROR_CODES = {
  account_missing: { retry: 'after-user-action', message: 'The node has no account, or its account was removed or disabled.' },
  token_missing: { retry: 'after-user-action', signIn: true, message: 'The account has no access token.' },
  token_malformed: {
    retry: 'after-user-action',
    signIn: true,
    message: 'The access token holds a space or a character that no token has.',
  },
  not_authorised: { retry: 'after-user-action', signIn: true, message: 'Oura refused the access token: it is expired, revoked or wrong.' },
  scope_missing: { retry: 'after-user-action', message: 'The sign-in does not include the scope {scope}.' },
  membership_lapsed: { retry: 'after-user-action', message: 'Oura answered 403: the membership of this person does not allow access.' },
  person_changed: { retry: 'after-user-action', message: 'The access token belongs to another person than before. Nothing was written.' },
  not_found: { retry: 'never', message: 'Oura has no such document: {path}.' },
  request_refused: { retry: 'never', message: 'Oura refused the request with status {status}: {path}.' },
  rate_limited: { retry: 'later', message: 'Oura asks to wait {seconds} seconds.' },
  server_failed: { retry: 'later', message: 'Oura answered with status {status}: {path}.' },
  unreachable: { retry: 'later', message: 'The server {host} cannot be reached ({reason}).' },
  tls_failed: { retry: 'after-user-action', message: 'The connection to {host} is not trusted ({reason}).' },
  timed_out: { retry: 'later', message: 'No answer within {seconds} seconds: {path}.' },
  body_not_json: { retry: 'later', message: 'The answer is not JSON but {contentType}: {path}.' },
  body_unexpected: { retry: 'later', message: 'The answer is JSON of another shape than documented: {path}.' },
  page_repeated: { retry: 'later', message: 'The next_token of an answer was seen before; the pages have no end: {path}.' },
  circuit_open: { retry: 'later', message: 'Too many failures in a row; the next try is in {seconds} seconds.' },
  budget_spent: { retry: 'later', message: "Today's budget of {limit} requests is spent." },
  document_invalid: { retry: 'never', message: 'A document of {endpoint} was set aside: {reason}.' },
  store_unavailable: { retry: 'after-user-action', message: 'The database cannot be used ({reason}); data is kept in memory only.' },
  store_newer: { retry: 'after-user-action', message: 'The database was written by a newer version of this package (schema {version}).' },
  address_invalid: { retry: 'after-user-action', message: 'The address of the API is not an http or https address.' },
  date_invalid: { retry: 'never', message: '{name} must be a day such as 2026-01-31.' },
  range_invalid: { retry: 'never', message: 'The first day {start} is after the last day {end}.' },
  select_invalid: { retry: 'never', message: 'select must be one of {options}.' },
  id_missing: { retry: 'never', message: 'select "id" needs the id of a document.' },
  family_unknown: { retry: 'never', message: 'There is no family {family}.' },
  family_disabled: { retry: 'after-user-action', message: 'The family {family} is switched off in the account.' },
  sign_in_needed: { retry: 'after-user-action', signIn: true, message: 'The account is not signed in.' },
  grant_ended: {
    retry: 'after-user-action',
    signIn: true,
    message: 'The sign-in has ended: it was revoked, or its refresh token was used elsewhere.',
  },
  grant_lost: {
    retry: 'after-user-action',
    signIn: true,
    message: 'The answer to a renewal of the sign-in was lost, and its refresh token is spent.',
  },
  grant_copied: {
    retry: 'after-user-action',
    signIn: true,
    message: 'The sign-in comes from a copy or a backup, and its refresh token is spent.',
  },
  token_refused: {
    retry: 'after-user-action',
    signIn: true,
    message: 'Oura refused every access token it gave out at the renewals of some hours.',
  },
  client_refused: { retry: 'after-user-action', signIn: true, message: 'Oura does not accept the client id or the client secret.' },
  code_refused: { retry: 'after-user-action', message: 'Oura does not accept the code: it is older than ten minutes or was used.' },
  consent_denied: { retry: 'after-user-action', message: 'The person did not allow the access.' },
  state_unknown: { retry: 'after-user-action', message: 'The answer belongs to no sign-in that is under way.' },
  callback_invalid: { retry: 'after-user-action', message: 'The address holds no answer of Oura.' },
  oura_said: { retry: 'later', message: 'Oura did not complete the sign-in and answered {error}.' },
  request_invalid: { retry: 'later', message: 'Oura did not understand the request for a sign-in.' },
  token_answer_invalid: { retry: 'later', message: 'The answer of the token address is of another shape than documented: {path}.' },
  tokens_unreadable: {
    retry: 'after-user-action',
    signIn: true,
    message: 'The stored sign-in cannot be read: the credential secret is another one.',
  },
  tokens_unsaved: { retry: 'later', message: 'The sign-in cannot be stored ({reason}).' },
  field_missing: { retry: 'never', message: '{field} is missing.' },
  field_invalid: { retry: 'never', message: '{field} is not valid.' },
  environment_missing: { retry: 'after-user-action', message: 'The environment has no variable {name}.' },
  confirmation_wrong: { retry: 'never', message: 'The confirmation is not what was asked for.' },
  scopes_missing: { retry: 'after-user-action', message: 'The sign-in lacks permissions that chosen families need: {scopes}.' },
  families_failing: { retry: 'later', message: 'The last tries of some families failed: {families}.' },
  families_behind: { retry: 'later', message: 'Some families have nothing of today: {families}.' },
  history_incomplete: { retry: 'later', message: 'The history is loaded to {percent} %.' },
  person_shared: { retry: 'never', message: 'Other accounts belong to the same person: {accounts}.' },
  callback_off: { retry: 'after-user-action', message: 'Node-RED serves no HTTP nodes, so the answer of Oura cannot come by itself.' },
  zone_fixed: { retry: 'after-user-action', message: 'Days are counted by the fixed offset {zone}, which knows no daylight saving time.' },
  folder_refused: { retry: 'after-user-action', message: 'The folder oura of the user directory cannot be used ({reason}).' },
  account_taken: { retry: 'after-user-action', message: 'The account belongs to another person already.' },
  person_in_use: { retry: 'never', message: 'There is no orphaned data of this person.' },
  data_erased: { retry: 'after-user-action', message: 'Everything of this person was deleted; the account rests.' },
  demo_only: { retry: 'never', message: 'Only a demo account can move its clock.' },
  home_missing: { retry: 'after-user-action', message: 'The node has no Home Assistant, or its node was removed or disabled.' },
  broker_missing: { retry: 'after-user-action', message: 'Home Assistant has no MQTT broker chosen, or its node was removed or disabled.' },
  broker_away: { retry: 'later', message: 'There is no connection with the MQTT broker.' },
  home_away: { retry: 'later', message: 'Home Assistant at {host} cannot be reached ({reason}).' },
  home_token_missing: { retry: 'after-user-action', message: 'There is no access token for Home Assistant.' },
  home_sign_in: { retry: 'after-user-action', message: 'Home Assistant refused the access token.' },
  home_token_other: { retry: 'after-user-action', message: 'The stored access token belongs to another address of Home Assistant.' },
  mqtt_missing: { retry: 'after-user-action', message: 'The integration MQTT is not set up in Home Assistant.' },
  home_not_admin: { retry: 'after-user-action', message: 'The access token for Home Assistant does not belong to an administrator.' },
  home_refused: { retry: 'never', message: 'Home Assistant refused {command} ({reason}).' },
  home_address_invalid: { retry: 'after-user-action', message: 'The address of Home Assistant is not an http or https address.' },
  server_unknown: { retry: 'after-user-action', message: 'The chosen server of Home Assistant has no address or no access token.' },
  supervisor_missing: { retry: 'after-user-action', message: 'Node-RED does not run as an app of Home Assistant.' },
  companion_missing: { retry: 'after-user-action', message: 'The Node-RED companion integration does not answer in Home Assistant.' },
  home_too_old: { retry: 'after-user-action', message: 'Home Assistant {version} is older than {needed}.' },
  home_connection_missing: { retry: 'after-user-action', message: 'This needs a connection with Home Assistant, not only a broker.' },
  entity_reserved: { retry: 'never', message: 'The key {key} belongs to this package.' },
  control_invalid: { retry: 'never', message: 'The value is not one that {key} can take.' },
  statistics_unread: { retry: 'later', message: 'Home Assistant has not written the statistics {id} yet.' },
  webhook_refused: {
    retry: 'after-user-action',
    message: 'Oura does not let this application manage webhooks and answered with status {status}.',
  },
  webhook_unanswered: {
    retry: 'after-user-action',
    message: 'Oura did not get the right answer from the public address of webhooks (status {status}).',
  },
  webhook_address_invalid: { retry: 'after-user-action', message: 'The public address of webhooks is not an http or https address.' },
  webhook_unserved: { retry: 'after-user-action', message: 'Node-RED serves no HTTP nodes, so the webhooks of Oura cannot come in.' },
  unexpected: { retry: 'never', message: 'An error of this package: {reason}.' },
} as const satisfies Record<string, ErrorCode>;

export type ErrorCodeName = keyof typeof ERROR_CODES;
