// Judges a program as a beginner hands it in, with many bad habits at once, and fails if one run does not name each of them, or
// leaves more than ten cases untested. Run by `npm run beginner`.
import { script } from '../cli/session/script.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { judgeWithStarts } from '../conformance/judge/starts/judge-with-starts.ts';
import { defaultJobs } from '../conformance/judge/starts/default-jobs.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { Session } from '../launch/session.ts';
import { beginnerManifest, habits } from './catalogue/beginner.ts';
import { summarizeHabits } from './mutation/habits.ts';

await script(async () => {
  const implementation = await loadImplementation(beginnerManifest);
  const session = await Session.open();
  try {
    const { results } = await judgeWithStarts(
      selectCases([]),
      { session, implementation, seed: 1 },
      { jobs: defaultJobs(implementation), repro: (id) => id },
    );
    const { lines, isGood } = summarizeHabits(habits, results);
    for (const line of lines) console.log(line);
    return isGood ? 0 : 1;
  } finally {
    await session.close();
  }
});
