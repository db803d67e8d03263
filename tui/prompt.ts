/** A line that is being typed. */
export interface Prompt {
  readonly kind: PromptKind;
  readonly text: string;
  /** How the text may go on, where that was asked for. */
  readonly candidates: readonly string[];
}

export type PromptKind = 'add' | 'reason' | 'filter';

export const promptTitles: Readonly<Record<PromptKind, string>> = {
  add: 'Add a rule on',
  reason: 'Why',
  filter: 'Only rows with',
};

export function emptyPrompt(kind: PromptKind, text = ''): Prompt {
  return { kind, text, candidates: [] };
}

/** With more text at its end; what would end a line is left out. */
export function typed(prompt: Prompt, text: string): Prompt {
  return { ...prompt, text: prompt.text + text.replace(/[\p{Cc}]/gu, ''), candidates: [] };
}

/** Without the last character, word (or name of a path), or anything. */
export function erased(prompt: Prompt, what: 'character' | 'word' | 'line'): Prompt {
  const { text } = prompt;
  switch (what) {
    case 'character':
      return {
        ...prompt,
        text: [...graphemes.segment(text)]
          .slice(0, -1)
          .map(({ segment }) => segment)
          .join(''),
        candidates: [],
      };
    case 'word':
      return { ...prompt, text: text.replace(/[^\s/]*[\s/]*$/, ''), candidates: [] };
    case 'line':
      return { ...prompt, text: '', candidates: [] };
  }
}

/** With as much added as all the ways in which it can go on have in common. */
export function completed(
  prompt: Prompt,
  beginning: string,
  candidates: readonly string[],
): Prompt {
  if (prompt.text !== beginning || candidates.length === 0) return prompt;
  const common = candidates.reduce(commonStart);
  const text = common.startsWith(beginning) ? common : beginning;
  return { ...prompt, text, candidates: candidates.length === 1 ? [] : candidates };
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

const graphemes = new Intl.Segmenter();
