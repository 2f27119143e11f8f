/** One text for the kind and the type of a subscription: an application can have only one of each. */
export function keyOfType({ kind, dataType }: { readonly kind: string; readonly dataType: string }): string {
  return `${kind} ${dataType}`;
}
