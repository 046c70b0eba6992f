import type { ICredentialType } from 'n8n-workflow';

/** Address and key of any server that speaks OpenAI's Chat Completions. */
export class CascadeFlowOpenAiApi implements ICredentialType {
  name = 'cascadeFlowOpenAiApi';
  displayName = 'CascadeFlow OpenAI-Compatible API';
  documentationUrl = 'https://www.npmjs.com/package/@cascadeflow/n8n-nodes-cascadeflow';
  icon = { light: 'file:../nodes/CascadeFlow/cascadeflow.svg', dark: 'file:../nodes/CascadeFlow/cascadeflow.dark.svg' };
  properties = [
    { displayName: 'Base URL', name: 'url', type: 'string', default: 'https://api.openai.com/v1', required: true, description: 'Address of the API up to and including its version' },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', description: 'Key of the server; empty where none is needed' },
  ];
  authenticate = {
    type: 'generic' as const,
    properties: { headers: { Authorization: '={{ $credentials.apiKey ? "Bearer " + $credentials.apiKey : undefined }}' } },
  };
  test = { request: { baseURL: '={{ $credentials.url.replace(/\\/+$/, "") }}', url: '/models' } };
}
