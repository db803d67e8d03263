import { handleSignals } from '../kernel/signal-handlers.js';
import type { Message } from './messages.js';
import type { Screen } from './screen.js';

interface Watched {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

interface Watch {
  /** Stops this process and those it was started with, as the terminal itself would on Ctrl-Z. */
  readonly suspend: () => void;
  readonly end: () => void;
}

interface Held {
  readonly screen: Screen;
  readonly keyboard: { readonly resume: () => void; readonly pause: () => void };
}

/**
 * Tells of everything but keys that befalls a terminal, and gives the screen back on ways out that
 * no message can announce: the end of the process, and being stopped.
 */
export function watchTerminal(
  { input, output }: Watched,
  { screen, keyboard }: Held,
  dispatch: (message: Message) => void,
): Watch {
  const onHangUp = () => dispatch({ kind: 'hung-up' });
  const onInterrupt = () => dispatch({ kind: 'interrupted' });
  const onResize = () => dispatch({ kind: 'resized', size: screen.size() });
  const onContinue = () => {
    keyboard.resume();
    screen.enter();
  };
  const listeners = [
    [input, ['end', 'close', 'error'], onHangUp],
    [output, ['close', 'error'], onHangUp],
    [output, ['resize'], onResize],
    [process, ['exit'], screen.leave],
  ] as const satisfies readonly (readonly [NodeJS.EventEmitter, readonly string[], () => void])[];
  for (const [emitter, events, listener] of listeners) {
    for (const event of events) emitter.on(event, listener);
  }
  const stopHandling = handleSignals([
    ['SIGHUP', onHangUp],
    ['SIGTERM', onHangUp],
    ['SIGINT', onInterrupt],
    ['SIGCONT', onContinue],
  ]);
  const unwatch = () => {
    stopHandling();
    for (const [emitter, events, listener] of listeners) {
      for (const event of events) emitter.off(event, listener);
    }
  };
  return {
    suspend() {
      screen.leave();
      keyboard.pause();
      process.kill(0, 'SIGTSTP');
      // Here again: stopped and continued, or not stopped at all where no shell could continue us.
      onContinue();
    },
    end() {
      process.off('SIGCONT', onContinue);
      // A terminal that is gone answers what was last written to it with an error, a little later.
      setImmediate(unwatch);
    },
  };
}
