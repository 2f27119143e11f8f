/** What a check of a public address looks at, in the order in which one thing makes the next possible. */
export const ADDRESS_STEPS = ['address', 'public', 'encrypted', 'reached', 'open', 'here'] as const;
export type AddressStepKey = (typeof ADDRESS_STEPS)[number];

/** One thing that a check can find. Its texts are `address.found.<key>` and `address.remedy.<key>` of the account's catalogue. */
interface AddressFinding {
  readonly step: AddressStepKey;
  /** `notice`: it may work all the same, so the check goes on. */
  readonly level: 'notice' | 'problem';
}

/** Everything that a check of a public address can find; where nothing is found, the step is fine. */
export const ADDRESS_FINDINGS = {
  not_an_address: { step: 'address', level: 'problem' },
  ingress: { step: 'address', level: 'problem' },
  switched_off: { step: 'address', level: 'problem' },
  private_host: { step: 'public', level: 'notice' },
  not_encrypted: { step: 'encrypted', level: 'notice' },
  host_unknown: { step: 'reached', level: 'problem' },
  refused: { step: 'reached', level: 'problem' },
  unreachable: { step: 'reached', level: 'problem' },
  timed_out: { step: 'reached', level: 'problem' },
  certificate: { step: 'reached', level: 'problem' },
  redirected: { step: 'open', level: 'problem' },
  node_login: { step: 'open', level: 'problem' },
  proxy_login: { step: 'open', level: 'problem' },
  forbidden: { step: 'open', level: 'problem' },
  gateway: { step: 'open', level: 'problem' },
  wrong_path: { step: 'here', level: 'problem' },
  not_found: { step: 'here', level: 'problem' },
  page: { step: 'here', level: 'problem' },
  other_json: { step: 'here', level: 'problem' },
  other_answer: { step: 'here', level: 'problem' },
  other_installation: { step: 'here', level: 'problem' },
  wrong_challenge: { step: 'here', level: 'problem' },
} as const satisfies Record<string, AddressFinding>;

export type AddressFindingKey = keyof typeof ADDRESS_FINDINGS;
