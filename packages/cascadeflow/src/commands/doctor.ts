import type { Command } from 'commander';
import { CascadeError } from '@cascadeflow/contract';
import { readCalibration } from '../calibrate/engine.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { checkCalibration } from '../doctor/check-calibration.ts';
import { checkEndpoints } from '../doctor/check-endpoints.ts';
import { checkModels } from '../doctor/check-models.ts';
import { checkNode } from '../doctor/check-node.ts';
import { checkPackages } from '../doctor/check-packages.ts';
import type { Finding } from '../doctor/finding.ts';
import { type Subject, subjectsOfConfig, subjectsOfFlags } from '../doctor/subject.ts';
import { readConfig } from '../gateway/read-config.ts';
import { parseModelName } from '../model-name.ts';
import { paint, type Tone } from '../terminal/style.ts';
import { addModelFlags, type ModelFlags, parseBaseUrls } from './model-flags.ts';

interface DoctorFlags extends ModelFlags {
  readonly config?: string;
  readonly calibration?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

const tones: { readonly [level in Finding['level']]: Tone } = { ok: 'good', warn: 'doubt', fail: 'bad' };

/** `cascadeflow doctor`: looks at everything a cascade needs and says what to do. Costs nothing: no model is asked. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addModelFlags(command)
    .option('-c, --config <file>', 'configuration of the gateway, whose models are looked at')
    .option('--calibration <file>', 'calibration to look at')
    .option('--offline', 'do not call any endpoint')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExits 1 when something is missing that runs need. No model is asked, so it costs nothing.\n\nExample:\n  cascadeflow doctor -m openai/gpt-4o-mini -m anthropic/claude-sonnet-4-5')
    .action(async (flags: DoctorFlags) => {
      const findings = await examine(flags, io);
      if (flags.json === true) io.out.write(`${JSON.stringify(findings, null, 2)}\n`);
      else for (const finding of findings) io.out.write(present(finding, io));
      end(findings.some(({ level }) => level === 'fail') ? ExitCode.failed : ExitCode.ok);
    });
}

async function examine(flags: DoctorFlags, io: Io): Promise<Finding[]> {
  const baseURLs = parseBaseUrls(flags.baseUrl, flags.model.map((text) => parseModelName(text, '--model').provider));
  const subjects: Subject[] = subjectsOfFlags(flags.model, baseURLs, io.env);
  const findings: Finding[] = [checkNode(process.version), ...checkPackages()];
  if (flags.config !== undefined) {
    try {
      subjects.push(...subjectsOfConfig(await readConfig(flags.config, io.env), io.env));
      findings.push({ about: 'config', level: 'ok', says: `${flags.config} is well formed` });
    } catch (error) {
      if (!CascadeError.is(error)) throw error;
      findings.push({ about: 'config', level: 'fail', says: error.message, fix: `mend ${flags.config}` });
    }
  }
  if (subjects.length === 0) findings.push({ about: 'keys', level: 'warn', says: 'no model was named, so keys, endpoints and prices were not looked at', fix: 'name them: --model openai/gpt-4o-mini --model openai/gpt-5, or --config cascadeflow.yaml' });
  findings.push(...checkModels(subjects));
  if (flags.offline !== true) findings.push(...(await checkEndpoints(subjects, io.signal)));
  if (flags.calibration !== undefined) findings.push(...checkCalibration(await readCalibration(flags.calibration), subjects, Date.now()));
  return findings;
}

function present({ about, level, says, fix }: Finding, io: Io): string {
  const advice = fix === undefined ? '' : `${' '.repeat(18)}${paint(io.out, 'strong', fix)}\n`;
  return `${paint(io.out, tones[level], level.padEnd(4))}  ${about.padEnd(11)} ${says}\n${advice}`;
}
