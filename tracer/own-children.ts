/** Processes that we have started for ourselves, and that are none of a target's. */
export const ownChildren = new Set<number>();
