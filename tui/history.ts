/** A value with everything it was before and everything that was undone. Without limit. */
export interface History<Value> {
  readonly present: Value;
  readonly past: Stack<Value>;
  readonly future: Stack<Value>;
}

/** Linked, so that a step costs the same however long the history is. */
export type Stack<Value> = { readonly top: Value; readonly rest: Stack<Value> } | undefined;

/** A history that starts with this value. */
export function historyOf<Value>(present: Value): History<Value> {
  return { present, past: undefined, future: undefined };
}

/** A new present; what had been undone is forgotten. */
export function record<Value>(history: History<Value>, present: Value): History<Value> {
  return { present, past: { top: history.present, rest: history.past }, future: undefined };
}

/** One step back, or nothing when there is none. */
export function undo<Value>({ present, past, future }: History<Value>): History<Value> | undefined {
  if (past === undefined) return undefined;
  return { present: past.top, past: past.rest, future: { top: present, rest: future } };
}

/** One step forward again, or nothing when there is none. */
export function redo<Value>({ present, past, future }: History<Value>): History<Value> | undefined {
  if (future === undefined) return undefined;
  return { present: future.top, past: { top: present, rest: past }, future: future.rest };
}
