import { NodeOperationError } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { chatModel } from '../../chat-model/chat-model-doubles.ts';
import type { Adapter } from '../../host/ai-node-sdk-doubles.ts';
import { supply } from '../../host/execution-doubles.ts';
import { CascadeFlowChatModel } from './CascadeFlowChatModel.node.ts';

const good = 'Canberra is the capital of Australia.';
const question = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'What is the capital of Australia?' }] }];
const node = new CascadeFlowChatModel();

async function failure(parameters: object, connected: readonly unknown[]): Promise<NodeOperationError> {
  const thrown: unknown = await node.supplyData.call(supply({ ...parameters }, connected), 2).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(NodeOperationError);
  expect(thrown).toMatchObject({ context: { itemIndex: 2 } });
  return thrown as NodeOperationError;
}

it('makes a model of the connected ones, in the order of the inputs, and logs what was decided', async () => {
  const context = supply({ level: 'probability', minProbability: 0 }, [chatModel('small', good), chatModel('large', 'no')]);
  const { response } = await node.supplyData.call(context, 0);
  const result = await (response as Adapter)._generate(question, {});
  expect(result.message.content).toEqual([{ type: 'text', text: good }]);
  expect(context.logged).toMatchObject([{ modelUsed: 'small', draftAccepted: true }]);
});

it('says which input has no chat model', async () => {
  const error = await failure({}, [chatModel('small')]);
  expect(error.message).toBe('The setting "Verifier" of CascadeFlow cannot be used');
  expect(error.description).toContain('connect a chat model to each of Drafter, Verifier');
});

it('says which setting is wrong', async () => {
  const both = [chatModel('small'), chatModel('large')];
  const threshold = await failure({ level: 'probability', minProbability: 2 }, both);
  expect(threshold.message).toContain('"Minimum Probability"');
  expect(threshold.description).toContain('from 0 to 1; it is 2');
  const json = await failure({ options: { calibration: '{ bad' } }, both);
  expect(json.message).toContain('"Calibration"');
  expect(json.description).toContain('is not JSON');
});

it('leaves the errors of other nodes alone', async () => {
  const context = { ...supply({}, []), getInputConnectionData: () => Promise.reject(new Error('credentials not found')) };
  await expect(node.supplyData.call(context, 0)).rejects.toThrow(/^credentials not found$/);
});
