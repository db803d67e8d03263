/** Whether a promise is kept within some milliseconds, and before it is cut short. */
export function within(
  milliseconds: number,
  promise: Promise<unknown>,
  cutShort?: Promise<unknown>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const settle = (kept: boolean) => {
      clearTimeout(timer);
      resolve(kept);
    };
    promise.then(() => settle(true), reject);
    cutShort?.then(() => settle(false));
  });
}

/** What is awaited, unless something else fails that has to go on beside it. */
export function beside<Result>(other: Promise<unknown>, awaited: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    other.catch(reject);
    awaited.then(resolve, reject);
  });
}
