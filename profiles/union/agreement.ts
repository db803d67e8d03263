/**
 * Lines that several profiles have of one thing: as they are where all have the same, whose order
 * then means something to people; else each once and sorted, so that the order of the profiles makes
 * no difference.
 */
export function alike(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  const key = JSON.stringify(first);
  if (others.every((other) => JSON.stringify(other) === key)) return first;
  return sortedSet(lists.flat());
}

/** Each once, sorted; without what is empty. */
export function sortedSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort();
}
