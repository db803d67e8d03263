import { resolveProfile } from '../resolve.js';
import { type Exporter, exportedText } from './exporter.js';
import { page } from './html/page.js';
import { surveyOf } from './survey.js';

/** A report for people in one file of HTML, to be read in a browser or printed. */
export const html: Exporter = {
  format: 'html',
  summary: 'a report in HTML; with --trace FILE, of what was used as well',
  readsTraces: true,
  write: (request) => {
    const resolved = resolveProfile(request.profile, request.file);
    const survey = surveyOf(resolved, request.seen, request.populationOf);
    return exportedText(page(request, resolved, survey), []);
  },
};
