import type { Inference } from '../inference/inference.js';
import type { Size } from './layout.js';
import type { PagerKind } from './model.js';

/** What happened: facts in the past, which `update` turns into a new model. */
export type Message = TravelMessage | DecisionMessage | PagerMessage | TerminalMessage;

/** The person moved about. In a pager these scroll. */
export type TravelMessage =
  | { readonly kind: 'moved'; readonly rows: number }
  | { readonly kind: 'paged'; readonly pages: number }
  | { readonly kind: 'jumped'; readonly to: 'first' | 'last' }
  | { readonly kind: 'folded' }
  | { readonly kind: 'unfolded' };

/** The person decided, or took it back. */
export type DecisionMessage =
  | { readonly kind: 'decided'; readonly decision: 'allow' | 'deny' | 'other' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'redone' }
  | { readonly kind: 'write-asked' }
  | { readonly kind: 'quit-asked' };

/** Help, preview or full evidence was asked for, or was enough. */
export type PagerMessage =
  | { readonly kind: 'pager-asked'; readonly pager: PagerKind }
  | { readonly kind: 'pager-left' };

/** Something befell the terminal. */
export type TerminalMessage =
  | { readonly kind: 'resized'; readonly size: Size }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'suspend-asked' }
  | { readonly kind: 'hung-up' };

/** The only effects that an update can ask for. */
export type Command =
  | { readonly kind: 'write'; readonly inference: Inference }
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' };
