import type { RunRecord } from './run-record.ts';

/** Upper edges of the durations' buckets, in seconds. Chosen by hand: from a cached answer to a long one. */
const durationEdges = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const families = {
  cascadeflow_runs_total: { help: 'Finished runs by how they ended and who answered.', labels: ['outcome', 'model'] },
  cascadeflow_calls_total: { help: 'Calls of models by role and status.', labels: ['provider', 'model', 'role', 'status'] },
  cascadeflow_cost_usd_total: { help: 'USD spent, calls with a known cost.', labels: ['provider', 'model', 'role'] },
  cascadeflow_baseline_usd_total: { help: 'USD the last tier alone would have cost; what is saved is this less what was spent.', labels: [] },
  cascadeflow_tokens_total: { help: 'Tokens by model and kind.', labels: ['provider', 'model', 'kind'] },
} as const satisfies { readonly [name: string]: { readonly help: string; readonly labels: readonly string[] } };

type FamilyName = keyof typeof families;

const duration = { name: 'cascadeflow_run_duration_seconds', help: 'Duration of runs.' } as const;

/** Counters of finished runs. */
export class Metrics {
  /** By family, and in it by the values of its labels, which are put into words when they are read. */
  readonly #values = new Map<FamilyName, Map<string, { readonly values: readonly string[]; sum: number }>>();
  readonly #durations = new Map<string, { readonly counts: number[]; sum: number }>();

  add({ outcome, model = '', calls, baseline, latencyMs }: RunRecord): void {
    this.#count('cascadeflow_runs_total', 1, [outcome, model]);
    if (baseline !== undefined) this.#count('cascadeflow_baseline_usd_total', baseline, []);
    for (const call of calls) {
      this.#count('cascadeflow_calls_total', 1, [call.provider, call.model, call.role, call.status]);
      if (call.cost !== undefined) this.#count('cascadeflow_cost_usd_total', call.cost, [call.provider, call.model, call.role]);
      this.#count('cascadeflow_tokens_total', call.inputTokens, [call.provider, call.model, 'input']);
      this.#count('cascadeflow_tokens_total', call.outputTokens, [call.provider, call.model, 'output']);
    }
    let entry = this.#durations.get(outcome);
    if (!entry) this.#durations.set(outcome, (entry = { counts: new Array<number>(durationEdges.length + 1).fill(0), sum: 0 }));
    const seconds = latencyMs / 1000;
    const bucket = durationEdges.findIndex((edge) => seconds <= edge);
    const at = bucket === -1 ? durationEdges.length : bucket;
    entry.counts[at] = (entry.counts[at] ?? 0) + 1;
    entry.sum += seconds;
  }

  /** All of it in Prometheus' text format, version 0.0.4. */
  text(): string {
    const lines: string[] = [];
    const head = (name: string, type: 'counter' | 'histogram', help: string) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const [name, series] of this.#values) {
      const { help, labels } = families[name];
      head(name, 'counter', help);
      for (const { values, sum } of series.values()) lines.push(`${name}${toLabels(labels.map((label, index) => [label, values[index] ?? '']))} ${sum}`);
    }
    const { name } = duration;
    if (this.#durations.size > 0) head(name, 'histogram', duration.help);
    for (const [outcome, { counts, sum }] of this.#durations) {
      let total = 0;
      counts.forEach((count, index) => {
        total += count;
        lines.push(`${name}_bucket${toLabels([['outcome', outcome], ['le', index < durationEdges.length ? String(durationEdges[index]) : '+Inf']])} ${total}`);
      });
      lines.push(`${name}_sum${toLabels([['outcome', outcome]])} ${sum}`, `${name}_count${toLabels([['outcome', outcome]])} ${total}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #count(name: FamilyName, amount: number, values: readonly string[]): void {
    let series = this.#values.get(name);
    if (!series) this.#values.set(name, (series = new Map()));
    const key = values.join('\n');
    const known = series.get(key);
    if (known) known.sum += amount;
    else series.set(key, { values, sum: amount });
  }
}

function toLabels(labels: readonly (readonly [name: string, value: string])[]): string {
  const pairs = labels.map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
