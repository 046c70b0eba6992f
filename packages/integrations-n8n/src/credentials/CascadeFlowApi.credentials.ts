import type { ICredentialType } from 'n8n-workflow';

/** Address and key of a cascadeflow gateway. */
export class CascadeFlowApi implements ICredentialType {
  name = 'cascadeFlowApi';
  displayName = 'CascadeFlow Gateway API';
  documentationUrl = 'https://www.npmjs.com/package/@cascadeflow/n8n-nodes-cascadeflow';
  icon = { light: 'file:../nodes/CascadeFlow/cascadeflow.svg', dark: 'file:../nodes/CascadeFlow/cascadeflow.dark.svg' };
  properties = [
    { displayName: 'Gateway URL', name: 'url', type: 'string', default: 'http://127.0.0.1:8787', required: true, description: 'Address of the gateway, without /v1' },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', description: 'A key made with "cascadeflow keys add"; empty for a gateway without keys' },
  ];
  authenticate = {
    type: 'generic' as const,
    properties: { headers: { Authorization: '={{ $credentials.apiKey ? "Bearer " + $credentials.apiKey : undefined }}' } },
  };
  test = { request: { baseURL: '={{ $credentials.url.replace(/\\/+$/, "") }}', url: '/v1/models' } };
}
