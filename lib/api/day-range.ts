/** Local days from `from` to `to`, both included, as `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  /** IANA zone or fixed offset (`UTC+2`) the days are meant in; only series need it. Default UTC. */
  readonly zone?: string;
}
