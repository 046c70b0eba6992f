import type { INodeProperties } from 'n8n-workflow';

const ask = { operation: ['ask'] };

const askFields: INodeProperties[] = [
  {
    displayName: 'Connection',
    name: 'connection',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Gateway', value: 'gateway', description: 'A cascadeflow gateway, which knows its own models' },
      { name: 'OpenAI-Compatible Endpoint', value: 'endpoint', description: 'Any server that speaks Chat Completions; the cascade runs in this node' },
    ],
    default: 'gateway',
    displayOptions: { show: ask },
    description: 'Where the models are',
  },
  { displayName: 'Credential', name: 'credential', type: 'credentials', default: '', displayOptions: { show: ask } },
  { displayName: 'Cascade', name: 'cascade', type: 'string', default: 'cascade', displayOptions: { show: { ...ask, connection: ['gateway'] } }, description: 'Name of the cascade or model at the gateway, such as cascade or cascade:fast' },
  { displayName: 'Drafter', name: 'drafter', type: 'string', default: '', required: true, placeholder: 'gpt-4o-mini', displayOptions: { show: { ...ask, connection: ['endpoint'] } }, description: 'Name of the cheap model' },
  { displayName: 'Verifier', name: 'verifier', type: 'string', default: '', required: true, placeholder: 'gpt-5', displayOptions: { show: { ...ask, connection: ['endpoint'] } }, description: 'Name of the model that answers what the draft is not good enough for' },
  {
    displayName: 'Input',
    name: 'input',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Messages', value: 'messages', description: 'A conversation as a JSON list' },
      { name: 'Prompt', value: 'prompt', description: 'One text' },
    ],
    default: 'prompt',
    displayOptions: { show: ask },
    description: 'What is asked',
  },
  { displayName: 'Messages', name: 'messages', type: 'json', default: '[{ "role": "user", "content": "Hello" }]', displayOptions: { show: { ...ask, input: ['messages'] } }, description: 'List of messages with role (system, user or assistant) and content' },
  { displayName: 'Prompt', name: 'prompt', type: 'string', typeOptions: { rows: 4 }, default: '', required: true, displayOptions: { show: { operation: ['ask'], input: ['prompt'] } }, description: 'The question or task' },
];

const judgeFields: INodeProperties[] = [
  { displayName: 'Prompt', name: 'question', type: 'string', typeOptions: { rows: 4 }, default: '', required: true, displayOptions: { show: { operation: ['judge', 'classify'] } }, description: 'The question or task' },
  { displayName: 'Answer', name: 'answer', type: 'string', typeOptions: { rows: 4 }, default: '', displayOptions: { show: { operation: ['judge'] } }, description: 'The answer that is to be judged' },
  { displayName: 'Model', name: 'model', type: 'string', default: '', placeholder: 'gpt-4o-mini', displayOptions: { show: { operation: ['judge'] } }, description: 'Name of the model that wrote the answer, where it is known: the judge then knows its class' },
];

const options: INodeProperties[] = [
  { displayName: 'Batch Size', name: 'batchSize', type: 'number', typeOptions: { minValue: 1 }, default: 5, displayOptions: { show: { '/operation': ['ask'] } }, description: 'Items that are asked at the same time' },
  { displayName: 'Batch Interval', name: 'batchInterval', type: 'number', typeOptions: { minValue: 0 }, default: 0, displayOptions: { show: { '/operation': ['ask'] } }, description: 'Milliseconds between two batches, for servers with a rate limit' },
  { displayName: 'JSON Schema', name: 'schema', type: 'json', default: '', displayOptions: { show: { '/operation': ['ask', 'judge'] } }, description: 'JSON Schema that the answer must fit; the parsed answer is then a field of its own' },
  { displayName: 'Maximum Tokens', name: 'maxTokens', type: 'number', typeOptions: { minValue: 1 }, default: 1024, displayOptions: { show: { '/operation': ['ask'] } }, description: 'Most tokens that an answer may have' },
  { displayName: 'System Message', name: 'system', type: 'string', typeOptions: { rows: 3 }, default: '', displayOptions: { show: { '/operation': ['ask'] } }, description: 'Instructions for the models' },
  { displayName: 'Temperature', name: 'temperature', type: 'number', typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 }, default: 0.7, displayOptions: { show: { '/operation': ['ask'] } }, description: 'How freely the models choose their words, from 0 to 2' },
];

/** Settings of the ordinary node. */
export const operationProperties: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Ask', value: 'ask', description: 'Answer a prompt with a cascade', action: 'Ask a cascade' },
      { name: 'Classify', value: 'classify', description: 'Say how hard a prompt is and what it is about', action: 'Classify a prompt' },
      { name: 'Judge', value: 'judge', description: 'Say how probable it is that an answer is good', action: 'Judge an answer' },
      { name: 'Report Savings', value: 'report', description: 'Add up what the answers of an Ask node cost and saved', action: 'Report savings' },
    ],
    default: 'ask',
  },
  ...askFields,
  ...judgeFields,
  {
    displayName: 'Acceptance Level',
    name: 'level',
    type: 'options',
    options: [
      { name: 'Balanced', value: 'balanced', description: 'As good as the verifier to what a reader notices' },
      { name: 'By Probability', value: 'probability', description: 'From a probability of your own' },
      { name: 'Economy', value: 'economy', description: 'Saves most, with some loss of quality' },
      { name: 'Strict', value: 'strict', description: 'Accepts only what is almost surely good' },
    ],
    default: 'balanced',
    displayOptions: { show: { operation: ['ask', 'judge'] } },
    description: 'How good a draft must be to be the answer',
  },
  {
    displayName: 'Minimum Probability',
    name: 'minProbability',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
    default: 0.85,
    displayOptions: { show: { operation: ['ask', 'judge'], level: ['probability'] } },
    description: 'Probability of being good from which a draft is accepted, from 0 to 1',
  },
  { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, displayOptions: { show: { operation: ['ask', 'judge'] } }, options },
];
