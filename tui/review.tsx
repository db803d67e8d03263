import { render } from 'ink';
import { canvas } from './canvas.js';
import { keyboardOf } from './keyboard.js';
import { modelOf } from './laying-out.js';
import type { ReviewMeans } from './means.js';
import type { Command, Message } from './messages.js';
import { presentDecisions } from './outcome.js';
import { leaving, screenOn } from './screen.js';
import { SheetContext, sheetOf } from './sheet.js';
import type { ReviewResult, ReviewSubject } from './subject.js';
import { guardTerminal } from './terminal-guard.js';
import { themeFor } from './theme.js';
import { update } from './update.js';
import { View } from './view.js';
import { watchTerminal } from './watch.js';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Lets a person review what was learned. Resolves when they write or quit, and when the terminal
 * goes away; the terminal is then as it was. It writes nothing but the screen.
 */
export function review(
  subject: ReviewSubject,
  terminal: Terminal,
  means: ReviewMeans = {},
): Promise<ReviewResult> {
  return new Promise((resolve, reject) => {
    run(subject, terminal, means, resolve, reject);
  });
}

function run(
  subject: ReviewSubject,
  terminal: Terminal,
  means: ReviewMeans,
  resolve: (result: ReviewResult) => void,
  reject: (error: unknown) => void,
): void {
  const guard = guardTerminal(terminal, leaving);
  const screen = screenOn(terminal.output, guard);
  const sheet = sheetOf(themeFor(terminal.output.getColorDepth() > 1));
  let model = modelOf(subject, screen.size());
  let drawn = model;
  let ended = false;
  let unfollow = () => {};

  const end = (settle: () => void) => {
    if (ended) return;
    ended = true;
    screen.leave();
    keyboard.pause();
    instance.unmount();
    watch.end();
    guard?.dismiss();
    unfollow();
    settle();
  };
  const fail = (error: unknown) => end(() => reject(error));
  const obey = (command: Command) => {
    switch (command.kind) {
      case 'suspend':
        return watch.suspend();
      case 'complete': {
        const { beginning } = command;
        const candidates = means.complete?.(beginning) ?? [];
        return dispatch({ kind: 'completed', beginning, candidates });
      }
      case 'survey': {
        const slider = means.survey?.();
        if (slider === undefined) return undefined;
        return dispatch({ kind: 'surveyed', slider, step: command.step });
      }
      case 'look': {
        const { path, used } = command;
        const names = means.namesBeneath?.(path, used);
        return names === undefined ? undefined : dispatch({ kind: 'looked', path, names });
      }
      case 'stop':
        return means.live?.stop();
      case 'restart':
        return means.live?.restart();
      default:
        end(() => resolve(command));
    }
  };
  const dispatch = (message: Message) => {
    if (ended) return;
    try {
      const next = update(model, message);
      const isDecided = next.model.history.present !== model.history.present;
      model = next.model;
      if (isDecided) means.onDecided?.(presentDecisions(model));
      // Keys that arrive together are drawn once.
      setImmediate(draw);
      for (const command of next.commands) obey(command);
    } catch (error) {
      fail(error);
    }
  };
  const draw = () => {
    if (ended || drawn === model) return;
    drawn = model;
    instance.rerender(frame());
  };
  const frame = () => (
    <SheetContext.Provider value={sheet}>
      <View model={model} />
    </SheetContext.Provider>
  );

  const paint = (letters: string) => {
    // Ink draws once more as it ends, and lets nobody know of what is thrown while it draws.
    if (ended) return;
    try {
      screen.paint(sheet.filled(letters));
    } catch (error) {
      fail(error);
    }
  };

  const keyboard = keyboardOf(terminal.input, dispatch);
  const watch = watchTerminal(terminal, { screen, keyboard }, dispatch);
  screen.enter();
  const instance = render(frame(), {
    stdin: terminal.input,
    // As wide as what is drawn: the model may be further by now.
    stdout: canvas(() => drawn.size.columns, paint),
    stderr: terminal.output,
    // Whole frames, at once, without escape sequences: the screen knows what to do with them.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  instance.waitUntilExit().catch(fail);
  keyboard.resume();
  // Their first answers take longer than a key should: they are asked for while nobody waits yet.
  setTimeout(() => subject.packageOf?.('/'), 0);
  setTimeout(() => subject.grounds.risksOf(subject.inference.paths), 1);
  unfollow = means.live?.follow(dispatch) ?? unfollow;
}
