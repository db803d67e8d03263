import type { Decision } from '../inference/decisions/decision.js';
import { decisionsOf, sameDecisions } from '../inference/decisions/decisions.js';
import type { ToDecide } from '../inference/infer-selected.js';
import type { Inference } from '../inference/inference.js';
import type { Profile } from '../profiles/profile.js';
import { writeToml } from '../profiles/write-toml.js';
import type { KnownVariable, ReviewSubject } from '../tui/subject.js';
import { completePath } from './complete-path.js';
import { compareProfiles } from './diff/compare.js';
import { extentsForSlider } from './folding-for.js';
import { keepDecisions } from './keep-decisions.js';
import { namesBeneath } from './names-beneath.js';
import { mayReplace } from './overwrite.js';
import { writeFileWhole } from './write-file.js';

export interface Reviewable
  extends Omit<ReviewSubject, 'inference' | 'grounds' | 'differences' | 'formats'> {
  readonly toDecide: ToDecide;
  /** What the thing is called that was learned, for the file of decisions that are not written. */
  readonly name: string;
}

/** What a person made of an inference. */
export interface Accepted {
  readonly inference: Inference;
  readonly decisions: readonly Decision[];
}

/**
 * Reviews on the terminal of stdin and stderr, since stdout is the target's. Whoever leaves without
 * writing, or has the terminal taken away, finds the decisions in a file.
 *
 * @returns undefined when nothing is to be written.
 */
export async function holdReview(
  { toDecide, name, ...about }: Reviewable,
  plain: boolean,
): Promise<Accepted | undefined> {
  // React's development build is slower; the target has ended, and cannot inherit this.
  process.env['NODE_ENV'] ??= 'production';
  const { formatsFor, profileOnDisk } = await import('./review-formats.js');
  const { sliderBy } = toDecide;
  const stored = decisionsOf(about.decisions);
  let decisions: readonly Decision[] | undefined;
  const keep = () => {
    if (decisions !== undefined) keepDecisions(decisions, name);
    decisions = undefined;
  };
  const means = {
    complete: completePath,
    namesBeneath,
    ...(sliderBy === undefined ? {} : { survey: () => sliderBy(extentsForSlider) }),
    onDecided: (present: readonly Decision[]) => {
      decisions = sameDecisions(decisionsOf(present), stored) ? undefined : present;
    },
  };
  // What nobody catches ends the process, and not what was decided.
  process.on('exit', keep);
  try {
    const terminal = { input: process.stdin, output: process.stderr };
    const onDisk = profileOnDisk(about.output);
    const subject: ReviewSubject = {
      ...about,
      inference: toDecide.inference,
      grounds: toDecide.grounds,
      differences: (profile) =>
        onDisk === undefined ? undefined : compareProfiles(onDisk, profile),
      formats: formatsFor(about.output),
    };
    const result = plain
      ? await (await import('../tui/plain-review.js')).reviewPlainly(subject, terminal, means)
      : await (await import('../tui/review.js')).review(subject, terminal, means);
    if (result.kind === 'write') {
      decisions = undefined;
      return result;
    }
    return undefined;
  } finally {
    process.off('exit', keep);
    keep();
  }
}

/** Writes what came of a review; where that fails, its decisions are kept. */
export function writeReviewed(
  file: string,
  profile: Profile,
  decisions: readonly Decision[],
  name: string,
): void {
  try {
    mayReplace(file);
    writeFileWhole(file, [writeToml(profile)], 'the profile');
  } catch (error) {
    if (decisions.length > 0) keepDecisions(decisions, name);
    throw error;
  }
}

/** The directories that have a name in an environment, the longest first. */
export function variablesIn(
  environment: Readonly<Record<string, string>>,
  directory: string,
): readonly KnownVariable[] {
  const named = Object.entries({ ...environment, WORKDIR: directory });
  return named
    .filter(([name]) => /^(HOME|TMPDIR|WORKDIR|XDG_[A-Z]+_(HOME|DIR))$/.test(name))
    .map(([name, path]) => ({ name, path: path.replace(/\/+$/, '') }))
    .filter(({ path }) => path.startsWith('/'))
    .sort((one, other) => other.path.length - one.path.length || (one.name < other.name ? -1 : 1));
}
