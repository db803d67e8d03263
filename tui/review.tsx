import { render } from 'ink';
import { canvas } from './canvas.js';
import { Keyboard } from './keyboard.js';
import type { Command, Message } from './messages.js';
import { type Model, modelOf } from './model.js';
import { screenOn } from './screen.js';
import type { ReviewResult, ReviewSubject } from './subject.js';
import { ThemeContext, themeFor } from './theme.js';
import { update } from './update.js';
import { View } from './view.js';
import { watchTerminal } from './watch.js';

export type { ReviewResult, ReviewSubject } from './subject.js';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Lets a person review what was learned. Resolves when they write or quit, and when the terminal
 * goes away; the terminal is then as it was. It writes nothing but the screen.
 */
export function review(subject: ReviewSubject, terminal: Terminal): Promise<ReviewResult> {
  return new Promise((resolve, reject) => {
    run(subject, terminal, resolve, reject);
  });
}

function run(
  subject: ReviewSubject,
  terminal: Terminal,
  resolve: (result: ReviewResult) => void,
  reject: (error: unknown) => void,
): void {
  const screen = screenOn(terminal.output);
  const theme = themeFor(terminal.output.getColorDepth() > 1);
  let model = modelOf(subject, screen.size());
  let drawn: Model | undefined = model;
  let ended = false;

  const end = (settle: () => void) => {
    if (ended) return;
    ended = true;
    screen.leave();
    instance.unmount();
    watch.end();
    settle();
  };
  const fail = (error: unknown) => end(() => reject(error));
  const obey = (command: Command) => {
    if (command.kind === 'suspend') watch.suspend();
    else end(() => resolve(command));
  };
  const dispatch = (message: Message) => {
    if (ended) return;
    try {
      const next = update(model, message);
      model = next.model;
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
    <ThemeContext.Provider value={theme}>
      <Keyboard dispatch={dispatch} />
      <View model={model} />
    </ThemeContext.Provider>
  );

  const watch = watchTerminal(terminal, screen, dispatch);
  screen.enter();
  const instance = render(frame(), {
    stdin: terminal.input,
    stdout: canvas(() => model.size.columns, screen.paint),
    stderr: terminal.output,
    // Whole frames, at once, without escape sequences: the screen knows what to do with them.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  instance.waitUntilExit().catch(fail);
}
