import type { Message } from './messages.js';
import { PressReader } from './presses.js';

interface Keyboard {
  /** Listens anew, after somebody else has had the terminal. */
  readonly resume: () => void;
  readonly pause: () => void;
}

/** Turns what is typed into messages, from `resume` to `pause`. */
export function keyboardOf(
  input: NodeJS.ReadStream,
  dispatch: (message: Message) => void,
): Keyboard {
  const reader = new PressReader();
  let waiting: NodeJS.Timeout | undefined;
  let listening = false;
  const send = (presses: readonly Message[]) => {
    for (const press of presses) dispatch(press);
  };
  const onData = (bytes: Buffer | string) => {
    clearTimeout(waiting);
    send(reader.read(bytes));
    if (reader.isUndecided()) waiting = setTimeout(() => send(reader.settle()), escapeTime);
  };
  return {
    resume() {
      // Whoever ran meanwhile may have set the modes, of which Node knows nothing.
      input.setRawMode(false);
      input.setRawMode(true);
      if (listening) return;
      listening = true;
      input.ref();
      input.on('data', onData);
      input.resume();
    },
    pause() {
      clearTimeout(waiting);
      if (listening) input.off('data', onData);
      listening = false;
      input.setRawMode(false);
      input.pause();
      input.unref();
    },
  };
}

/** Milliseconds after which what began like a key with a name is the Escape key. */
const escapeTime = 50;
