import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Checks } from '@cascadeflow/real/checks';
import { exampleWorkflows, type Execution, type Host, type Item } from './host.ts';
import { askWorkflow, chainWorkflow } from './workflows.ts';
import { drafter, script, tokens, verifier, type World } from './world.ts';

/** What the sub-node's log holds of one answer. */
interface Logged {
  readonly response: { readonly generations: readonly (readonly { readonly text: string; readonly generationInfo?: { readonly cascade?: { readonly modelUsed: string; readonly draftAccepted: boolean; readonly probability?: number; readonly threshold?: number; readonly cost?: number; readonly calls: readonly { readonly tokens?: number }[] } } }[])[] };
  readonly tokenUsage?: { readonly promptTokens: number; readonly completionTokens: number; readonly totalTokens: number };
}

const many = Array.from({ length: 200 }, (_, index) => `${script.capital} (${index})`);

/** All that is executed, the examples first. */
const others = [
  askWorkflow('errors', [script.capital, script.failing, script.capital], 'endpoint'),
  askWorkflow('many', many, 'gateway', { options: { batchSize: 20 } }),
  askWorkflow('schema', ['Name the capital of Australia as JSON with the field "city".'], 'endpoint', { options: { schema: '{ "type": "object", "properties": { "output": { "type": "object" } }, "required": ["output"] }' } }),
  chainWorkflow('parser', [script.capital], { parser: true }),
  chainWorkflow('alone', [script.capital], { verifier: false }),
  chainWorkflow('threshold', [script.capital], { parameters: { level: 'probability', minProbability: 2 } }),
  chainWorkflow('json', [script.capital], { parameters: { options: { calibration: '{ bad' } } }),
];

/** Imports and executes every workflow with n8n's own commands, and looks at what came out. */
export async function checkWorkflows(checks: Checks, host: Host, { stub, credentials }: World): Promise<void> {
  await checks.check('credentials and workflows are imported', async () => {
    await host.importCredentials(credentials);
    await host.importWorkflows([...exampleWorkflows(), ...others]);
    return `${exampleWorkflows().length} examples, ${others.length} others`;
  });

  await checks.check('Chat With a Cascade: an accepted draft and an escalation', async () => {
    const run = succeeded(await host.execute('cfChat'));
    deepEqual(itemsOf(run, 'Answer').map(({ json }) => json['text']), [script.capitalAnswer, script.proofAnswer]);
    deepEqual(linksOf(itemsOf(run, 'Answer')), [0, 1]);
    const [accepted, escalated] = logsOf(run, 'CascadeFlow Chat Model');
    const told = [accepted, escalated].map((logged) => logged?.response.generations[0]?.[0]?.generationInfo?.cascade);
    deepEqual(told.map((decision) => [decision?.modelUsed, decision?.draftAccepted, decision?.calls.length]), [[drafter, true, 1], [verifier, false, 2]]);
    ok((told[0]?.cost ?? 0) > 0 && (told[1]?.cost ?? 0) > (told[0]?.cost ?? 0));
    ok((told[0]?.probability ?? 0) >= (told[0]?.threshold ?? 1));
    deepEqual(accepted?.tokenUsage, { promptTokens: tokens.input, completionTokens: tokens.output, totalTokens: tokens.input + tokens.output });
    // A draft that is cut off costs what was written until then.
    equal(escalated?.tokenUsage?.totalTokens, told[1]?.calls.reduce((sum, made) => sum + (made.tokens ?? 0), 0));
    ok((escalated?.tokenUsage?.totalTokens ?? 0) > tokens.input + tokens.output);
    return `${JSON.stringify(told[1])}`;
  });

  await checks.check('Agent With Tools: the calculator is called and its result used', async () => {
    const run = succeeded(await host.execute('cfAgent'));
    equal(itemsOf(run, 'Agent')[0]?.json['output'], script.toolAnswer);
    match(JSON.stringify(run.data.resultData.runData['Calculator']), /434/);
    const steps = logsOf(run, 'CascadeFlow Chat Model');
    deepEqual(steps.map(({ tokenUsage }) => tokenUsage?.promptTokens), steps.map((step) => tokens.input * (step.response.generations[0]?.[0]?.generationInfo?.cascade?.calls.length ?? 0)));
    return `${steps.length} steps`;
  });

  await checks.check('Document Extraction With Escalation: fields, and a document that goes to a person', async () => {
    const run = succeeded(await host.execute('cfExtract'));
    deepEqual(itemsOf(run, 'Extract').map(({ json }) => json['output']), [script.invoice, script.letter]);
    deepEqual([itemsOf(run, 'Book It').length, itemsOf(run, 'Look at It').length], [1, 1]);
    const models = logsOf(run, 'CascadeFlow Chat Model').map((logged) => logged.response.generations[0]?.[0]?.generationInfo?.cascade?.modelUsed);
    equal(models.at(-1), verifier);
    return models.join(', ');
  });

  await checks.check('Cost Report to a Table: a row for each model', async () => {
    const run = succeeded(await host.execute('cfReport'));
    const report = itemsOf(run, 'Report Savings')[0]?.json;
    equal(report?.['answers'], 4);
    ok(Number(report?.['cost']) > 0 && Number(report?.['saved']) > 0);
    const rows = itemsOf(run, 'One Row per Model').map(({ json }) => json);
    deepEqual([rows.reduce((sum, row) => sum + Number(row['answers']), 0), Object.keys(rows[0] ?? {})], [4, ['model', 'answers', 'cost']]);
    equal(itemsOf(run, 'Table')[0]?.binary?.['data']?.fileName, 'cascade-costs.csv');
    return JSON.stringify(report);
  });

  await checks.check('an upstream error with continue-on-fail stays with its item', async () => {
    const items = itemsOf(succeeded(await host.execute('errors')), 'Ask');
    deepEqual(items.map(({ json }) => json['answer']), [script.capitalAnswer, undefined, script.capitalAnswer]);
    match(String(items[1]?.json['error']), /the upstream says no/);
    deepEqual(linksOf(items), [0, 1, 2]);
    return String(items[1]?.json['error']);
  });

  await checks.check('200 items through the gateway', async () => {
    const before = stub.requests.length;
    const items = itemsOf(succeeded(await host.execute('many')), 'Ask');
    equal(items.length, 200);
    deepEqual(linksOf(items), many.map((_, index) => index));
    ok(items.every(({ json }) => json['answer'] === script.capitalAnswer && json['modelUsed'] === drafter && typeof json['cost'] === 'number'));
    return `${stub.requests.length - before} calls`;
  });

  await checks.check('structured output, by a schema and by a parser', async () => {
    deepEqual(itemsOf(succeeded(await host.execute('schema')), 'Ask')[0]?.json['data'], { output: { city: 'Canberra' } });
    deepEqual(itemsOf(succeeded(await host.execute('parser')), 'Chain')[0]?.json['output'], { city: 'Canberra' });
  });

  // A port with nothing on it is told of by n8n itself, before the node runs.
  const wrong = [['alone', 'Verifier', /^A Verifier sub-node must be connected/], ['threshold', 'Minimum Probability', /^The setting "Minimum Probability" of CascadeFlow cannot be used/], ['json', 'Calibration', /^The setting "Calibration" of CascadeFlow cannot be used/]] as const;
  for (const [id, setting, message] of wrong) {
    await checks.check(`wrong settings: n8n shows "${setting}"`, async () => {
      const { error, runData } = (await host.execute(id)).data.resultData;
      ok(error, 'the execution must fail');
      const shown = runData['Cascade']?.[0]?.error ?? error;
      match(`${shown.message}`, message);
      return [shown.message, shown.description].filter(Boolean).join(': ');
    });
  }
}

function succeeded(run: Execution): Execution {
  const { error } = run.data.resultData;
  if (error) throw new Error(`the execution failed: ${error.message} ${error.description ?? ''}`);
  return run;
}

function outputsOf(run: Execution, node: string, connection: string): readonly Item[] {
  return (run.data.resultData.runData[node] ?? []).flatMap(({ data }) => (data?.[connection] ?? []).flatMap((items) => items ?? []));
}

const itemsOf = (run: Execution, node: string) => outputsOf(run, node, 'main');
const logsOf = (run: Execution, node: string) => outputsOf(run, node, 'ai_languageModel').map(({ json }) => json as unknown as Logged);
const linksOf = (items: readonly Item[]) => items.map(({ pairedItem }) => (pairedItem as { readonly item: number } | undefined)?.item);
