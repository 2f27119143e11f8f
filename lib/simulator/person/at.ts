/** The element of a list at an index that exists. @throws RangeError outside the list */
export function at<T>(list: { readonly length: number; readonly [index: number]: T }, index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${list.length}`);
  return value;
}
