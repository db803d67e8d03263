/**
 * Waits for something to become true. How long is counted in looks at it, and not by the clock: that
 * goes on while the machine is suspended or busy with others, and what is waited for does not.
 *
 * @throws Error when it does not in good time.
 */
export async function until(
  condition: () => boolean,
  what: string | (() => string),
  seconds = aMinute,
): Promise<void> {
  for (let looks = 0; !condition(); looks++) {
    giveUpAfter(looks, seconds, what);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The same, while nothing else of this process goes on. */
export function waitUntil(condition: () => boolean, what: string | (() => string)): void {
  for (let looks = 0; !condition(); looks++) {
    giveUpAfter(looks, aMinute, what);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

const aMinute = 60;
/** Milliseconds. */
const pause = 20;

function giveUpAfter(looks: number, seconds: number, what: string | (() => string)): void {
  if (looks * pause < seconds * 1000) return;
  throw new Error(`not within ${seconds} s: ${typeof what === 'string' ? what : what()}`);
}
