/** Parameters of one request, without `next_token`. */
export type Query = Readonly<Record<string, string>>;
