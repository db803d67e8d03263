import { fsAccess } from '../landlock/access-set.js';
import { nextOrder } from './arrangement.js';
import { explainRow, noticed } from './deciding.js';
import { arranged } from './laying-out.js';
import type { Message } from './messages.js';
import type { Model } from './model.js';
import { completed, emptyPrompt, erased, type Prompt, type PromptKind, typed } from './prompt.js';

/** A line to be typed at the bottom. */
export function withPrompt(model: Model, kind: PromptKind): Model {
  return { ...model, prompt: emptyPrompt(kind, kind === 'filter' ? model.arrangement.filter : '') };
}

/** More text at the end of what is typed. */
export function typedInto(model: Model, text: string): Model {
  const { prompt } = model;
  return prompt === undefined ? model : prompted(model, typed(prompt, text));
}

/** What is typed, with something erased or completed. */
export function edited(
  model: Model,
  message: Extract<Message, { kind: 'erased' | 'completed' }>,
): Model {
  const { prompt } = model;
  if (prompt === undefined) return model;
  const next =
    message.kind === 'erased'
      ? erased(prompt, message.what)
      : completed(prompt, message.beginning, message.candidates);
  return prompted(model, next);
}

/** What the line that was typed asks for. */
export function acceptedPrompt(model: Model): Model {
  const { prompt } = model;
  const rest = { ...model, prompt: undefined };
  if (prompt === undefined || prompt.text === '' || prompt.kind === 'filter') return rest;
  if (prompt.kind === 'reason') return explainRow(rest, prompt.text);
  const path = prompt.text.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  if (!path.startsWith('/') || /\/\.\.?(\/|$)/.test(path))
    return noticed(model, 'no-absolute-path');
  const beneath = prompt.text.endsWith('/');
  return { ...rest, menu: { kind: 'add', path, beneath, chosen: fsAccess(), cursor: 0 } };
}
/** Only the rows that hold these words. */
export function filtered(model: Model, filter: string): Model {
  if (filter === model.arrangement.filter) return model;
  return arranged(model, { ...model.arrangement, filter });
}

/** The rules in the next order. */
export function reordered(model: Model): Model {
  const order = nextOrder(model.arrangement.order);
  return noticed(arranged(model, { ...model.arrangement, order }), `ordered-${order}`);
}

/** What is typed as a filter holds at once. */
function prompted(model: Model, prompt: Prompt): Model {
  const next = { ...model, prompt };
  return prompt.kind === 'filter' ? filtered(next, prompt.text) : next;
}
