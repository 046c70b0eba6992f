import { certify as certifyPairs, describeData, toPairs } from '@cascadeflow/calibration';
import type { Command } from 'commander';
import { engineFor, policyFor, replayAll } from '../calibrate/engine.ts';
import { loadTraces } from '../calibrate/open-traces.ts';
import { addCascadeFlags, type CascadeFlags, parseShare } from '../calibrate/trace-flags.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { formatPercent } from '../terminal/figures.ts';

interface CertifyFlags extends CascadeFlags {
  readonly maxQualityLoss: number;
  readonly confidence: number;
}

/** `cascadeflow certify`: the cheapest threshold that provably loses little against the verifier, or why there is none. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addCascadeFlags(command)
    .option('--max-quality-loss <points>', 'mean quality that may be lost against the verifier, 0.02 for two answers in a hundred', parseShare(0, 0.5), 0.02)
    .option('--confidence <share>', 'how sure it is to be', parseShare(0.5, 0.9999), 0.95)
    .addHelpText('after', '\nExits 1 when no threshold can be certified. Give questions that no calibration was fitted on.')
    .action(async (files: readonly string[], flags: CertifyFlags) => end(await certify(files, flags, io)));
}

async function certify(files: readonly string[], flags: CertifyFlags, io: Io): Promise<ExitCode> {
  const { traces, models, prices } = await loadTraces(files, flags, io);
  if (models.length !== 2) throw new UsageError(`certify looks at one drafter and the verifier; name two with --models, of ${models.join(', ')}`);
  const policy = await policyFor(flags);
  if (policy.calibration !== undefined && (await describeData(0, traces, models)).fingerprint === policy.calibration.data.fingerprint) {
    throw new UsageError('the calibration was fitted on these very traces, so they cannot vouch for it; give others');
  }
  const rows = await replayAll(traces, { ...engineFor(prices, io), ...policy, models, probe: true }, io, 'judging');
  const { maxQualityLoss, confidence } = flags;
  const result = certifyPairs(toPairs(rows), { maxQualityLoss, confidence });
  if (flags.json === true) io.out.write(`${JSON.stringify({ models, maxQualityLoss, confidence, ...result }, null, 2)}\n`);
  else if (result.feasible) {
    const { threshold, n, loss, acceptance, saved } = result;
    io.out.write(`CERTIFIED: accept from probability ${threshold.toFixed(3)} on ({ quality: { minProbability: ${threshold} } })\n`);
    io.out.write(`  loses at most ${maxQualityLoss} against ${models[1]} with confidence ${confidence}; on these ${n} questions it lost ${loss.toFixed(4)}\n`);
    io.out.write(`  accepts ${formatPercent(100 * acceptance)} of drafts and saves ${formatPercent(100 * saved)}\n`);
  } else {
    io.out.write(`INFEASIBLE: ${result.reason}\n`);
    if (result.needed !== undefined) io.out.write(`  about ${result.needed} questions would be needed, going by these ${result.n}\n`);
  }
  return result.feasible ? ExitCode.ok : ExitCode.failed;
}
