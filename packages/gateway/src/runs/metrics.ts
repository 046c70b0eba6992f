import type { RunRecord } from './run-record.ts';

/** Upper edges of the durations' buckets, in seconds. Chosen by hand: from a cached answer to a long one. */
const durationEdges = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const help: { readonly [name: string]: readonly [type: 'counter' | 'histogram', text: string] } = {
  cascadeflow_runs_total: ['counter', 'Finished runs by how they ended and who answered.'],
  cascadeflow_calls_total: ['counter', 'Calls of models by role and status.'],
  cascadeflow_cost_usd_total: ['counter', 'USD spent, calls with a known cost.'],
  cascadeflow_baseline_usd_total: ['counter', 'USD the last tier alone would have cost; what is saved is this less what was spent.'],
  cascadeflow_tokens_total: ['counter', 'Tokens by model and kind.'],
  cascadeflow_run_duration_seconds: ['histogram', 'Duration of runs.'],
};

/** Counters of finished runs. */
export class Metrics {
  readonly #values = new Map<string, Map<string, number>>();
  readonly #durations = new Map<string, { readonly counts: number[]; sum: number }>();

  add({ outcome, model = '', calls, baseline, latencyMs }: RunRecord): void {
    this.#count('cascadeflow_runs_total', { outcome, model }, 1);
    if (baseline !== undefined) this.#count('cascadeflow_baseline_usd_total', {}, baseline);
    for (const call of calls) {
      const about = { provider: call.provider, model: call.model };
      this.#count('cascadeflow_calls_total', { ...about, role: call.role, status: call.status }, 1);
      if (call.cost !== undefined) this.#count('cascadeflow_cost_usd_total', { ...about, role: call.role }, call.cost);
      this.#count('cascadeflow_tokens_total', { ...about, kind: 'input' }, call.inputTokens);
      this.#count('cascadeflow_tokens_total', { ...about, kind: 'output' }, call.outputTokens);
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
    const head = (name: string) => lines.push(`# HELP ${name} ${help[name]?.[1] ?? ''}`, `# TYPE ${name} ${help[name]?.[0] ?? 'counter'}`);
    for (const [name, series] of this.#values) {
      head(name);
      for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
    }
    const name = 'cascadeflow_run_duration_seconds';
    if (this.#durations.size > 0) head(name);
    for (const [outcome, { counts, sum }] of this.#durations) {
      let total = 0;
      counts.forEach((count, index) => {
        total += count;
        lines.push(`${name}_bucket${toLabels({ outcome, le: index < durationEdges.length ? String(durationEdges[index]) : '+Inf' })} ${total}`);
      });
      lines.push(`${name}_sum${toLabels({ outcome })} ${sum}`, `${name}_count${toLabels({ outcome })} ${total}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #count(name: string, labels: { readonly [label: string]: string }, amount: number): void {
    let series = this.#values.get(name);
    if (!series) this.#values.set(name, (series = new Map()));
    const key = toLabels(labels);
    series.set(key, (series.get(key) ?? 0) + amount);
  }
}

function toLabels(labels: { readonly [label: string]: string }): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
