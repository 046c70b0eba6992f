import { CascadeError } from '@cascadeflow/contract';
import { type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeApiError, NodeConnectionTypes, NodeOperationError, sleep } from 'n8n-workflow';
import { ask, gatewayCredential } from '../../operations/ask.ts';
import { endpointCredential } from '../../operations/endpoint.ts';
import type { ReadField } from '../../operations/fields.ts';
import { classify, judgeAnswer } from '../../operations/judge.ts';
import { operationProperties } from '../../operations/properties.ts';
import { report } from '../../operations/report.ts';

/** Items asked at the same time unless the node says otherwise. Chosen by hand: what small rate limits bear. */
const defaultBatchSize = 5;

/** The ordinary node: ask a cascade, judge an answer, classify a prompt, report savings. */
export class CascadeFlow implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'CascadeFlow',
    name: 'cascadeFlow',
    icon: { light: 'file:cascadeflow.svg', dark: 'file:cascadeflow.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] }}',
    description: 'Ask a cascade of models, judge answers, classify prompts and report savings',
    defaults: { name: 'CascadeFlow' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    // Hidden, not shown, by Connection: n8n's editor takes a setting that shows each credential for part of the credential, and hides it and what it depends on.
    credentials: [
      { name: gatewayCredential, required: true, displayOptions: { show: { operation: ['ask'] }, hide: { connection: ['endpoint'] } } },
      { name: endpointCredential, required: true, displayOptions: { show: { operation: ['ask'] }, hide: { connection: ['gateway'] } } },
    ],
    properties: operationProperties,
  };

  /** Runs the operation for every item. */
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const items = this.getInputData();
    const operation = this.getNodeParameter('operation', 0) as 'ask' | 'judge' | 'classify' | 'report';
    if (operation === 'report') return [[await runItem(this, 0, () => report(items.map((item) => item.json)))]];
    const { batchSize = defaultBatchSize, batchInterval = 0 } = this.getNodeParameter('options', 0, {}) as { readonly batchSize?: number; readonly batchInterval?: number };
    const size = operation === 'ask' ? Math.max(1, Math.floor(batchSize)) : 1;
    const output: INodeExecutionData[] = [];
    for (let start = 0; start < items.length; start += size) {
      if (start > 0 && batchInterval > 0 && operation === 'ask') await sleep(batchInterval);
      const batch = items.slice(start, start + size).map((_, offset) => runItem(this, start + offset, (read, index) => runOperation(this, operation, index, read)));
      // All of a batch end before one failure is told, so that nothing runs on unseen.
      const ends = await Promise.allSettled(batch);
      for (const end of ends) {
        if (end.status === 'rejected') throw end.reason;
        output.push(end.value);
      }
    }
    return [output];
  }
}

function runOperation(context: IExecuteFunctions, operation: 'ask' | 'judge' | 'classify', itemIndex: number, read: ReadField): Promise<IDataObject> {
  if (operation === 'ask') return ask(context, itemIndex, read);
  return operation === 'judge' ? judgeAnswer(read) : classify(read);
}

/** One item's result, or its error where the node goes on after errors. */
async function runItem(context: IExecuteFunctions, itemIndex: number, run: (read: ReadField, itemIndex: number) => IDataObject | Promise<IDataObject>): Promise<INodeExecutionData> {
  try {
    return { json: await run((name, fallback) => context.getNodeParameter(name, itemIndex, fallback), itemIndex), pairedItem: { item: itemIndex } };
  } catch (error) {
    const shown = toNodeError(context, error, itemIndex);
    if (!context.continueOnFail()) throw shown;
    const cost = CascadeError.is(error) ? error.spend?.totalCost : undefined;
    return { json: { error: shown.message, ...(cost !== undefined && { cost }) }, pairedItem: { item: itemIndex }, error: shown };
  }
}

function toNodeError(context: IExecuteFunctions, error: unknown, itemIndex: number): Error {
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  if (!CascadeError.is(error)) return new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error), { itemIndex });
  const spent = error.spend?.totalCost;
  return new NodeOperationError(context.getNode(), error.message, { itemIndex, ...(spent !== undefined && { description: `Spent before the failure: ${spent} USD` }) });
}
