import { useInput } from 'ink';
import { useCallback } from 'react';
import { messagesOf } from './keys.js';
import type { Message } from './messages.js';

interface KeyboardProps {
  readonly dispatch: (message: Message) => void;
}

/** Draws nothing; turns what is typed into messages. */
export function Keyboard({ dispatch }: KeyboardProps): null {
  const onInput = useCallback<Parameters<typeof useInput>[0]>(
    (input, key) => {
      for (const message of messagesOf(input, key)) dispatch(message);
    },
    [dispatch],
  );
  useInput(onInput);
  return null;
}
