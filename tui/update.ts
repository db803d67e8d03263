import { noticed, stepped } from './deciding.js';
import {
  accepted,
  leftDialog,
  looks,
  reformatted,
  togglePager,
  withMenu,
  withNames,
  withoutDialog,
} from './dialogs.js';
import { redo, undo } from './history.js';
import { type Mode, messageFor } from './keys.js';
import {
  after,
  fateChosen,
  leave,
  leaveAtOnce,
  targetRuns,
  type Update,
  withLive,
  write,
} from './leaving.js';
import type { Message } from './messages.js';
import type { Model } from './model.js';
import { heard, withHeld } from './news.js';
import { reflowed } from './pager.js';
import { inPane } from './panes.js';
import { edited, typedInto, withPrompt } from './prompting.js';
import { slid } from './sliding.js';
import { inView } from './window.js';

export type { Update } from './leaving.js';

/** The model after a message, and what is to be done. Pure. */
export function update(before: Model, message: Message): Update {
  if (message.kind === 'pressed') return pressed(before, message.press);
  const { model, commands } = updated(before, message);
  return { model: withHeld(model), commands };
}

function updated(before: Model, message: Exclude<Message, { kind: 'pressed' }>): Update {
  const model = quietKinds.has(message.kind) ? before : { ...before, notice: undefined };
  switch (message.kind) {
    case 'pasted':
      // What is pasted is text: as keys it could decide anything.
      return after(model.prompt === undefined ? model : typedInto(model, message.text));
    case 'write-asked':
      return write(model);
    case 'quit-asked':
      return modeOf(model) === 'rows' ? leave(before, model) : after(withoutDialog(model));
    case 'interrupted':
      return model.live?.leaving === undefined
        ? leave(before, withoutDialog(model))
        : leaveAtOnce(model);
    case 'hung-up':
      return leaveAtOnce(model);
    case 'fate-chosen':
      return fateChosen(model, message.fate);
    case 'stop-asked':
      return targetRuns(model)
        ? after(model, { kind: 'stop' })
        : after(noticed(model, 'no-target'));
    case 'restart-asked':
      return model.live === undefined
        ? after(noticed(model, 'no-target'))
        : after(withLive(model, { awaited: undefined }), { kind: 'restart' });
    case 'grown':
    case 'output-came':
    case 'target-changed':
      return heard(model, message);
    case 'suspend-asked':
      return after(before, { kind: 'suspend' });
    case 'resized':
      return after(reflowed(inView({ ...model, size: message.size })));
    case 'slid':
      return model.slider === undefined
        ? after(model, { kind: 'survey', step: message.step })
        : after(slid(model, model.slider, message.step));
    case 'surveyed':
      return after(slid(model, message.slider, message.step));
    case 'looked':
      return after(withNames(model, message.path, message.names));
    case 'pager-asked':
      return after(togglePager(model, message.pager), ...looks(model, message.pager));
    case 'completion-asked':
      return model.prompt?.kind === 'add'
        ? after(model, { kind: 'complete', beginning: model.prompt.text })
        : after(model);
    default:
      return after(within(model, message));
  }
}

/** What the keyboard means at the moment. */
export function modeOf({ prompt, menu, pager, live }: Model): Mode {
  if (live?.leaving !== undefined) return 'leaving';
  if (prompt !== undefined) return 'prompt';
  if (menu !== undefined) return 'menu';
  return pager === undefined ? 'rows' : 'pager';
}

type InnerMessage = Exclude<
  Message,
  {
    kind:
      | 'pressed'
      | 'pasted'
      | 'write-asked'
      | 'quit-asked'
      | 'interrupted'
      | 'hung-up'
      | 'suspend-asked'
      | 'resized'
      | 'completion-asked'
      | 'looked'
      | 'slid'
      | 'surveyed'
      | 'pager-asked'
      | 'fate-chosen'
      | 'stop-asked'
      | 'restart-asked'
      | 'grown'
      | 'output-came'
      | 'target-changed';
  }
>;

/** What nobody typed, and so leaves what was said of what was typed. */
const quietKinds: ReadonlySet<Message['kind']> = new Set([
  'resized',
  'completed',
  'looked',
  'grown',
  'output-came',
  'target-changed',
]);

function pressed(model: Model, press: string): Update {
  const message = messageFor(press, modeOf(model));
  return message === undefined ? after({ ...model, notice: undefined }) : update(model, message);
}

function within(model: Model, message: InnerMessage): Model {
  switch (message.kind) {
    case 'dialog-left':
      return leftDialog(model);
    case 'format-changed':
      return reformatted(model, message.step);
    case 'menu-asked':
      return withMenu(model, message.menu);
    case 'prompt-asked':
      return withPrompt(model, message.prompt);
    case 'typed':
      return typedInto(model, message.text);
    case 'accepted':
      return accepted(model);
    case 'erased':
    case 'completed':
      return edited(model, message);
    case 'undone':
      return stepped(model, undo(model.history), model.history.present, 'nothing-to-undo');
    case 'redone':
      return stepped(model, redo(model.history), undefined, 'nothing-to-redo');
    default:
      return inPane(model, message);
  }
}
