import { InvalidOptionsError } from '@cascadeflow/contract';
import { supplyModel } from '@n8n/ai-node-sdk';
import { type INodeType, type INodeTypeDescription, type ISupplyDataFunctions, NodeConnectionTypes, NodeOperationError, type SupplyData } from 'n8n-workflow';
import { attachLog, DecisionLog } from '../../chat-model/attach-log.ts';
import { CascadeModel } from '../../chat-model/cascade-model.ts';
import { openAgent } from '../../chat-model/open-agent.ts';
import { portsExpression } from '../../chat-model/ports.ts';
import { chatModelProperties } from '../../chat-model/properties.ts';
import { readSettings } from '../../chat-model/read-settings.ts';

/** The sub-node: a drafter and a verifier go in, a chat model comes out that works wherever n8n takes one. */
export class CascadeFlowChatModel implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'CascadeFlow Chat Model',
    name: 'cascadeFlowChatModel',
    icon: { light: 'file:../CascadeFlow/cascadeflow.svg', dark: 'file:../CascadeFlow/cascadeflow.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["level"] === "probability" ? "from " + $parameter["minProbability"] : $parameter["level"] }}',
    description: 'A cheap model drafts, and only what is not good enough goes on to a dearer one',
    defaults: { name: 'CascadeFlow Chat Model' },
    // A model is no tool of an agent.
    usableAsTool: undefined,
    inputs: portsExpression,
    outputs: [NodeConnectionTypes.AiLanguageModel],
    outputNames: ['Model'],
    properties: chatModelProperties,
  };

  /** Makes the chat model of the connected ones. */
  async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
    const supplied = await this.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex);
    // n8n hands the inputs over last first.
    const chatModels = (Array.isArray(supplied) ? [...(supplied as unknown[])] : [supplied]).reverse();
    try {
      const settings = readSettings((name, fallback) => this.getNodeParameter(name, itemIndex, fallback));
      const execution = `${this.getExecutionId()}:${this.getNode().id}`;
      const log = new DecisionLog();
      const model = new CascadeModel({
        agent: openAgent(chatModels, settings, execution),
        runOptions: { budgetKey: execution },
        cancelSignal: this.getExecutionCancelSignal?.(),
        onDecision: (decision, text) => {
          log.add(decision, text);
          this.logger.debug('CascadeFlow decided', { ...decision });
        },
      });
      return attachLog(supplyModel(this, model), log);
    } catch (error) {
      if (!InvalidOptionsError.is(error) || error.code !== 'invalid-options') throw new NodeOperationError(this.getNode(), error as Error, { itemIndex });
      const { path, message } = error as InvalidOptionsError;
      throw new NodeOperationError(this.getNode(), `The setting "${path}" of CascadeFlow cannot be used`, { itemIndex, description: message });
    }
  }
}
