import { withMore } from './laying-out.js';
import { after, type Update, withLive, writtenWhenAwaited } from './leaving.js';
import type { NewsMessage } from './messages.js';
import type { Model } from './model.js';
import { reflowed, scrollTo, showsEnd } from './pager.js';

/** What came of the target, in the model. */
export function heard(model: Model, news: NewsMessage): Update {
  switch (news.kind) {
    case 'grown':
      return after(withHeld(withLive(model, { held: news.growth })));
    case 'output-came':
      return after(withOutput(model, news.lines));
    case 'target-changed': {
      const { target } = news;
      const changed = withLive(model, { target });
      return target.kind === 'ended' ? writtenWhenAwaited(changed) : after(changed);
    }
  }
}

/**
 * What was held back, where nothing is being chosen any more: nothing moves away from under the
 * hand that decides.
 */
export function withHeld(model: Model): Model {
  const held = model.live?.held;
  if (held === undefined || model.menu !== undefined) return model;
  return reflowed(withLive(withMore(model, held), { held: undefined }));
}

/** The end of the output stays in sight where it was. */
function withOutput(model: Model, output: readonly string[]): Model {
  const told = withLive(model, { output });
  const { pager } = model;
  if (pager?.kind !== 'output') return told;
  const next = reflowed(told);
  if (next.pager === undefined || !showsEnd(pager, model.size)) return next;
  return { ...next, pager: scrollTo(next.pager, 'last', model.size) };
}
