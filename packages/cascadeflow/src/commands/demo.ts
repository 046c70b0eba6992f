import type { Command } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { chooseModels } from '../demo/choose-models.ts';
import { answerIsRight, answerText, draftWasRight, type Outcome, toTotals } from '../demo/outcome.ts';
import { presentTable, presentTotals } from '../demo/present.ts';
import { type DemoQuestion, questionText } from '../demo/question.ts';
import { demoQuestions } from '../demo/questions/all.ts';
import { runQuestions } from '../demo/run-questions.ts';
import { paint } from '../terminal/style.ts';
import { addModelFlags, type ModelFlags, parseCount } from './model-flags.ts';

interface DemoFlags extends ModelFlags {
  readonly simulated?: boolean;
  readonly questions: number;
  readonly concurrency: number;
  readonly json?: boolean;
}

/** Questions asked at once. Chosen by hand: enough to be quick, few enough for the rate limits of a new account. */
const defaultConcurrency = 4;

/** `cascadeflow demo`: about forty questions through a cascade, with a table of what it decided. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addModelFlags(command)
    .option('--simulated', 'simulate the models even where real ones could be asked')
    .option('-n, --questions <count>', 'ask the first few only', parseCount, demoQuestions.length)
    .option('-c, --concurrency <count>', 'questions asked at once', parseCount, defaultConcurrency)
    .option('--json', 'print everything as JSON')
    .addHelpText('after', '\nWithout --model it asks OpenAI when OPENAI_API_KEY is set, else an Ollama on loopback with two models or more, else simulated models.')
    .action(async (flags: DemoFlags) => end(await demo(flags, io)));
}

async function demo(flags: DemoFlags, io: Io): Promise<ExitCode> {
  const models = await chooseModels(flags, flags.simulated === true, io);
  try {
    const questions = demoQuestions.slice(0, flags.questions);
    io.err.write(`${paint(io.err, 'quiet', models.notice)}\n`);
    const outcomes = await runQuestions(models.agent, questions, flags.concurrency, io);
    if (io.signal.aborted) return ExitCode.interrupted;
    const totals = toTotals(outcomes, models.simulated);
    if (flags.json === true) {
      const answers = outcomes.map((outcome) => toJson(outcome, models.simulated));
      io.out.write(`${JSON.stringify({ simulated: models.simulated, models: models.agent.models, questions: answers, totals }, null, 2)}\n`);
    } else {
      io.out.write(`\n${presentTable(outcomes, models.simulated, io.out)}\n\n${presentTotals(totals, models.simulated, io.out)}\n`);
      for (const { question, error } of outcomes) if (error !== undefined) io.err.write(`failed: ${questionText(question)}: ${error.message}\n`);
    }
    return totals.failed > 0 ? ExitCode.failed : ExitCode.ok;
  } finally {
    await models.close();
  }
}

function toJson(outcome: Outcome, simulated: boolean): unknown {
  const { question, result, error } = outcome;
  const { domain, level, kind }: DemoQuestion = question;
  return {
    question: questionText(question),
    labels: { domain, level, ...(simulated && { draft: kind }) },
    draftWasRight: draftWasRight(outcome, simulated),
    answerIsRight: answerIsRight(outcome, simulated),
    ...(result !== undefined && { answer: answerText(result), result }),
    ...(error !== undefined && { error: { name: error.name, message: error.message } }),
  };
}
