import type { Inference } from '../../inference/inference.js';
import { freePort } from '../../test/end-to-end/ports.js';
import { formatDenial } from '../../tracer/audit/format.js';
import type { CountedDenial } from '../../tracer/audit/read-denials.js';
import { asFewRules } from './as-few-rules.js';
import { contestants } from './contestants.js';
import { DiskCount } from './disk-count.js';
import { type Enforced, type Records, TestBench } from './enforcement.js';
import { type Lesson, learn } from './lesson.js';
import { moved } from './moved.js';
import type { Program } from './program.js';
import { Stage } from './stage.js';
import { users } from './users.js';
import { type Widening, wideningOf } from './widening.js';

/** What came of one way to make a profile of one program's training. */
export interface Result extends Enforced {
  readonly program: string;
  readonly contestant: string;
  readonly rules: number;
  readonly widening: Widening;
  /** Of rivals: ours with no more rules than they have, or where it cannot, with as few as it can. */
  readonly asFewRules: { readonly rules: number; readonly widening: Widening } | undefined;
  /** Of those of ours that fail: what would have been denied after what was. */
  readonly further: readonly CountedDenial[];
}

/** Trains and tests programs, one after the other, by all contestants. */
export class Evaluation {
  readonly #training: Stage;
  readonly #test: Stage;
  readonly #disk: DiskCount;
  readonly #tell: (sentence: string) => void;

  /** @param tell - is given what a training could not show. */
  constructor(tell: (sentence: string) => void) {
    this.#tell = tell;
    const { trainer, tested } = users();
    this.#training = new Stage(trainer);
    this.#test = new Stage(tested);
    this.#disk = new DiskCount([this.#training.directory], [this.#test.directory]);
  }

  /**
   * @param records - of the kernel's audit, where it can be read.
   * @throws TaskFailed where one of the tasks fails although nothing restricts it.
   */
  async of(program: Program, records: Records): Promise<readonly Result[]> {
    const port = await freePort();
    const lesson = await learn(program, this.#training, port);
    for (const gap of lesson.gaps) this.#tell(`${program.name}: ${gap}`);
    const bench = await TestBench.prepare(program, this.#test, port, records);
    const oursWith = asFewRules(lesson);
    const results: Result[] = [];
    for (const { name, ours, inferFrom } of contestants) {
      const inference = inferFrom(lesson);
      const widening = wideningOf(inference, lesson.observed, this.#disk);
      const there = moved(inference, this.#training.directory, this.#test.directory);
      const enforced = await bench.enforce(there);
      const further =
        ours && !enforced.passed ? without(await bench.wouldDeny(there), enforced.denials) : [];
      results.push({
        program: program.name,
        contestant: name,
        rules: inference.paths.length,
        asFewRules: ours ? undefined : this.#figures(oursWith(inference.paths.length), lesson),
        widening,
        ...enforced,
        further,
      });
    }
    return results;
  }

  #figures(inference: Inference, { observed }: Lesson) {
    return {
      rules: inference.paths.length,
      widening: wideningOf(inference, observed, this.#disk),
    };
  }

  /** Where everything is that it makes. */
  get directories(): readonly string[] {
    return [this.#training.directory, this.#test.directory];
  }

  /** Leaves nothing behind. */
  end(): void {
    this.#training.strike();
    this.#test.strike();
  }
}

function without(
  denials: readonly CountedDenial[],
  known: readonly CountedDenial[],
): readonly CountedDenial[] {
  const keys = new Set(known.map(keyOf));
  return denials.filter((denial) => !keys.has(keyOf(denial)));
}

function keyOf(denial: CountedDenial): string {
  return formatDenial({ ...denial, domain: '' });
}
