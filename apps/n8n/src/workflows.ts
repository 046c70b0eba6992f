/** Workflows beyond the examples: what goes wrong, and what is many. */

interface Node {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly position: readonly [number, number];
  readonly parameters: object;
  readonly credentials?: object;
  readonly onError?: string;
}

/** From a node to another, by the kind of the connection; `main` where it is left out. */
type Arrow = readonly [from: string, to: string, type?: string, index?: number];

function workflow(id: string, nodes: readonly Omit<Node, 'id' | 'position'>[], arrows: readonly Arrow[]) {
  const connections: { [from: string]: { [type: string]: { node: string; type: string; index: number }[][] } } = {};
  for (const [from, to, type = 'main', index = 0] of arrows) {
    const list = ((connections[from] ??= {})[type] ??= [[]]);
    list[0]?.push({ node: to, type, index });
  }
  return { id, name: id, active: false, settings: { executionOrder: 'v1' }, connections, nodes: nodes.map((node, index): Node => ({ ...node, id: `${id}-${index}`, position: [index * 200, 0] })) };
}

/** Items with a `prompt` each, out of a trigger. */
function source(prompts: readonly string[]): Omit<Node, 'id' | 'position'>[] {
  return [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
    { name: 'Prompts', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: JSON.stringify({ prompt: prompts }), options: {} } },
    { name: 'Items', type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters: { fieldToSplitOut: 'prompt', options: {} } },
  ];
}
const sourceArrows: readonly Arrow[] = [['Start', 'Prompts'], ['Prompts', 'Items']];

const chatModel = (name: string, model: string): Omit<Node, 'id' | 'position'> => ({
  name, type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.2, parameters: { model: { __rl: true, mode: 'list', value: model }, options: {} }, credentials: { openAiApi: { id: 'openai', name: 'OpenAI' } },
});

/** The ordinary node, asked for each item. */
export function askWorkflow(id: string, prompts: readonly string[], connection: 'gateway' | 'endpoint', parameters: object = {}) {
  const credentials = { cascadeFlowApi: { id: 'gateway', name: 'CascadeFlow Gateway' }, cascadeFlowOpenAiApi: { id: 'endpoint', name: 'CascadeFlow Endpoint' } };
  const ask = { operation: 'ask', connection, cascade: 'cascade', drafter: 'gpt-4o-mini', verifier: 'gpt-4.1', input: 'prompt', prompt: '={{ $json.prompt }}', level: 'balanced', options: {}, ...parameters };
  return workflow(id, [...source(prompts), { name: 'Ask', type: '@cascadeflow/n8n-nodes-cascadeflow.cascadeFlow', typeVersion: 1, parameters: ask, credentials, onError: 'continueRegularOutput' }], [...sourceArrows, ['Items', 'Ask']]);
}

/** A chain on the sub-node, with a parser for its answer where `city` is wanted. */
export function chainWorkflow(id: string, prompts: readonly string[], { verifier = true, parser = false, parameters = {} }: { readonly verifier?: boolean; readonly parser?: boolean; readonly parameters?: object }) {
  const model = 'ai_languageModel';
  return workflow(
    id,
    [
      ...source(prompts),
      { name: 'Chain', type: '@n8n/n8n-nodes-langchain.chainLlm', typeVersion: 1.7, parameters: { promptType: 'define', text: '={{ $json.prompt }}', hasOutputParser: parser } },
      { name: 'Cascade', type: '@cascadeflow/n8n-nodes-cascadeflow.cascadeFlowChatModel', typeVersion: 1, parameters: { level: 'balanced', ...parameters } },
      chatModel('Drafter', 'gpt-4o-mini'),
      ...(verifier ? [chatModel('Verifier', 'gpt-4.1')] : []),
      ...(parser ? [{ name: 'Parser', type: '@n8n/n8n-nodes-langchain.outputParserStructured', typeVersion: 1.3, parameters: { schemaType: 'fromJson', jsonSchemaExample: '{ "city": "Paris" }' } }] : []),
    ],
    [...sourceArrows, ['Items', 'Chain'], ['Cascade', 'Chain', model], ['Drafter', 'Cascade', model], ...(verifier ? [['Verifier', 'Cascade', model, 1] as const] : []), ...(parser ? [['Parser', 'Chain', 'ai_outputParser'] as const] : [])],
  );
}
