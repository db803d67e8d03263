import type { Decision, Verdict } from '../inference/decisions/decision.js';
import type { FoldSlider } from '../inference/fold-slider.js';
import type { Inference } from '../inference/inference.js';
import type { Size } from './layout.js';
import type { Growth } from './live.js';
import type { PagerKind } from './model.js';
import type { Menu } from './open-menu.js';
import type { PromptKind } from './prompt.js';
import type { Names } from './subject.js';
import type { Target, TargetFate } from './target.js';

/** What happened: facts in the past, which `update` turns into a new model. */
export type Message =
  | TravelMessage
  | DecisionMessage
  | DialogMessage
  | TerminalMessage
  | TargetMessage
  | NewsMessage
  | KeyboardMessage;

/** The person moved about. In a pager these scroll, in a menu they choose. */
export type TravelMessage =
  | { readonly kind: 'moved'; readonly rows: number }
  | { readonly kind: 'paged'; readonly pages: number }
  | { readonly kind: 'jumped'; readonly to: 'first' | 'last' }
  | { readonly kind: 'jumped-to-open'; readonly step: 1 | -1 }
  | { readonly kind: 'folded' }
  | { readonly kind: 'unfolded' }
  | { readonly kind: 'order-changed' };

/** The person decided, or took it back. */
export type DecisionMessage =
  | { readonly kind: 'decided'; readonly decision: Verdict | 'other' }
  | { readonly kind: 'slid'; readonly step: 1 | -1 }
  | { readonly kind: 'surveyed'; readonly slider: FoldSlider; readonly step: 1 | -1 }
  | { readonly kind: 'rule-folded' }
  | { readonly kind: 'rule-unfolded' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'redone' }
  | { readonly kind: 'write-asked' }
  | { readonly kind: 'quit-asked' };

/** Something to read, to choose from or to fill in was asked for, or was enough. */
export type DialogMessage =
  | { readonly kind: 'pager-asked'; readonly pager: PagerKind }
  | { readonly kind: 'format-changed'; readonly step: 1 | -1 }
  | { readonly kind: 'menu-asked'; readonly menu: Exclude<Menu['kind'], 'add'> }
  | { readonly kind: 'prompt-asked'; readonly prompt: PromptKind }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'erased'; readonly what: 'character' | 'word' | 'line' }
  | { readonly kind: 'completion-asked' }
  | {
      readonly kind: 'completed';
      readonly beginning: string;
      readonly candidates: readonly string[];
    }
  | { readonly kind: 'looked'; readonly path: string; readonly names: Names }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'dialog-left' };

/** Something befell the terminal. */
export type TerminalMessage =
  | { readonly kind: 'resized'; readonly size: Size }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'suspend-asked' }
  | { readonly kind: 'hung-up' };

/** The person wants something of a target that runs meanwhile. */
export type TargetMessage =
  | { readonly kind: 'stop-asked' }
  | { readonly kind: 'restart-asked' }
  | { readonly kind: 'fate-chosen'; readonly fate: TargetFate };

/** Something came of the target. */
export type NewsMessage =
  | { readonly kind: 'grown'; readonly growth: Growth }
  | { readonly kind: 'output-came'; readonly lines: readonly string[] }
  | { readonly kind: 'target-changed'; readonly target: Target };

/** What was typed; what that means depends on what is open. */
export type KeyboardMessage =
  | { readonly kind: 'pressed'; readonly press: string }
  | { readonly kind: 'pasted'; readonly text: string };

/** The only effects that an update can ask for. */
export type Command =
  | {
      readonly kind: 'write';
      readonly inference: Inference;
      readonly decisions: readonly Decision[];
      readonly target?: TargetFate;
    }
  | { readonly kind: 'quit'; readonly target?: TargetFate }
  | { readonly kind: 'stop' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'complete'; readonly beginning: string }
  | { readonly kind: 'survey'; readonly step: 1 | -1 }
  | { readonly kind: 'look'; readonly path: string; readonly used: ReadonlySet<string> };
