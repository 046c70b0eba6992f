import type { INodeProperties } from 'n8n-workflow';
import { domainOptions } from './domains.ts';

const priceFields: INodeProperties[] = [
  {
    displayName: 'Model',
    name: 'model',
    type: 'options',
    options: [
      { name: 'Drafter', value: 'drafter' },
      { name: 'Second Drafter', value: 'secondDrafter' },
      { name: 'Verifier', value: 'verifier' },
    ],
    default: 'drafter',
    description: 'The input whose price this is',
  },
  { displayName: 'Input Price', name: 'input', type: 'number', typeOptions: { minValue: 0, numberPrecision: 4 }, default: 0, description: 'USD per 1 million input tokens' },
  { displayName: 'Output Price', name: 'output', type: 'number', typeOptions: { minValue: 0, numberPrecision: 4 }, default: 0, description: 'USD per 1 million output tokens' },
];

const policyFields: INodeProperties[] = [
  { displayName: 'Domain', name: 'domain', type: 'options', options: domainOptions, default: 'medical', description: 'What the question is about' },
  {
    displayName: 'Rule',
    name: 'rule',
    type: 'options',
    options: [
      { name: 'Accept From Probability', value: 'minProbability' },
      { name: 'Always Ask the Verifier', value: 'direct' },
    ],
    default: 'minProbability',
    description: 'What holds for such questions',
  },
  {
    displayName: 'Minimum Probability',
    name: 'minProbability',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
    default: 0.95,
    displayOptions: { show: { rule: ['minProbability'] } },
    description: 'Drafts are accepted when they are good with at least this probability',
  },
];

const options: INodeProperties[] = [
  {
    displayName: 'Budget per Execution',
    name: 'budget',
    type: 'number',
    typeOptions: { minValue: 0, numberPrecision: 6 },
    default: 0,
    description: 'Most USD that this node may spend in one execution of the workflow. 0 for no limit. A call that could go beyond it is refused before it is made, and so is one whose price is unknown.',
  },
  { displayName: 'Calibration', name: 'calibration', type: 'json', default: '', description: 'The file that "cascadeflow fit" wrote from your own traffic, as JSON. It corrects probabilities and thresholds.' },
  {
    displayName: 'Prices',
    name: 'prices',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Price',
    default: {},
    options: [{ displayName: 'Price', name: 'price', values: priceFields }],
    description: 'List prices of models that are not known. Prices of widely used models are filled in by name.',
  },
  {
    displayName: 'Speculation',
    name: 'speculation',
    type: 'options',
    options: [
      { name: 'Hedged', value: 'hedged', description: 'The verifier starts when a draft takes longer than usual' },
      { name: 'Parallel', value: 'parallel', description: 'The verifier starts together with the draft, and is stopped when the draft is accepted' },
      { name: 'Sequential', value: 'sequential', description: 'The verifier starts when a draft is turned down: cheapest' },
    ],
    default: 'sequential',
    description: 'When the verifier is started beside the draft',
  },
  { displayName: 'Time Limit', name: 'deadlineMs', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'Milliseconds that one answer may take, all calls together. 0 for no limit.' },
];

/** Settings of the chat model node. */
export const chatModelProperties: INodeProperties[] = [
  {
    displayName: 'Accept Drafts',
    name: 'level',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Balanced', value: 'balanced', description: 'As good as the verifier to what a reader notices' },
      { name: 'By Probability', value: 'probability', description: 'From a probability of your own' },
      { name: 'Economy', value: 'economy', description: 'Saves most, with some loss of quality' },
      { name: 'Strict', value: 'strict', description: 'Accepts only what is almost surely good' },
    ],
    default: 'balanced',
    description: 'How good a draft must be to be the answer',
  },
  {
    displayName: 'Minimum Probability',
    name: 'minProbability',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
    default: 0.85,
    displayOptions: { show: { level: ['probability'] } },
    description: 'Drafts are accepted when they are good with at least this probability, from 0 to 1',
  },
  { displayName: 'Second Drafter', name: 'secondDrafter', type: 'boolean', noDataExpression: true, default: false, description: 'Whether another cheap model of a different family can be asked. Adds an input.' },
  {
    displayName: 'Ask Second Drafter',
    name: 'secondOpinion',
    type: 'options',
    options: [
      { name: 'Always', value: 'always', description: 'Both cheap models answer every question' },
      { name: 'When in Doubt', value: 'auto', description: 'Only where agreement could settle the matter' },
    ],
    default: 'auto',
    displayOptions: { show: { secondDrafter: [true] } },
    description: 'When the second drafter is asked for its answer',
  },
  { displayName: 'Domain Models', name: 'domainRouting', type: 'boolean', noDataExpression: true, default: false, description: 'Whether some domains have a drafter of their own. Adds an input for each.' },
  {
    displayName: 'Domains',
    name: 'domains',
    type: 'multiOptions',
    noDataExpression: true,
    options: domainOptions,
    default: ['code'],
    displayOptions: { show: { domainRouting: [true] } },
    description: 'Domains that have a drafter of their own',
  },
  {
    displayName: 'Domain Policies',
    name: 'policies',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Policy',
    default: {},
    options: [{ displayName: 'Policy', name: 'policy', values: policyFields }],
    description: 'Rules for questions of one domain',
  },
  {
    displayName: 'Streaming',
    name: 'release',
    type: 'options',
    options: [
      { name: 'Show Answers That Are Decided', value: 'hold', description: 'A draft shows when it is accepted, the verifier while it writes' },
      { name: 'Show Drafts Early', value: 'window', description: 'A draft shows while it is written, from where its beginning was found good; it cannot be taken back after that' },
    ],
    default: 'hold',
    description: 'When a streamed answer shows. Two answers are never shown.',
  },
  { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options },
];
