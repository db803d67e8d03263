import { execute, ownProgram } from './command.js';
import { waitUntil } from './waiting.js';

/** A terminal of its own, in which a shell runs, as a person would have it. */
export class Terminal {
  readonly #server = `ll-learn-test-${process.pid}-${terminals++}`;

  /** @param directory - where its shell starts. */
  constructor(directory: string, columns = 100, rows = 30) {
    this.#tmux(
      'new-session',
      '-d',
      '-x',
      String(columns),
      '-y',
      String(rows),
      '-c',
      directory,
      'sh',
    );
    this.#tmux('set-option', '-g', 'default-terminal', 'screen-256color');
    // In two parts, lest the prompt be seen in what was typed, before the screen is cleared.
    this.type(`PS1='ready''> '; alias ll-learn='${process.execPath} ${ownProgram}'; clear`);
    this.press('Enter');
    this.waitFor('ready>');
  }

  /** Types text as it is. */
  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** Pastes text, as a terminal does that marks what is pasted where a program wants that. */
  paste(text: string): void {
    this.#tmux('set-buffer', '--', text);
    this.#tmux('paste-buffer', '-p', '-r');
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** Presses keys by tmux's names: `Enter`, `C-c`, `q`. */
  press(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  /** What the screen shows. */
  screen(): string {
    return this.#tmux('capture-pane', '-p').stdout;
  }

  /** Waits until the screen shows a text. @throws when it does not within a minute. */
  waitFor(text: string): void {
    waitUntil(
      () => this.screen().includes(text),
      () => `"${text}" on the screen:\n${this.screen()}`,
    );
  }

  /** The terminal goes away, with whatever runs in it. */
  close(): void {
    this.#tmux('kill-server');
  }

  #tmux(...words: readonly string[]) {
    return execute(['tmux', '-L', this.#server, '-f', '/dev/null', ...words]);
  }
}

let terminals = 0;
