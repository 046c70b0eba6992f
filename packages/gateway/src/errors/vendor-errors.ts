import type { FaultKind, GatewayError } from './gateway-error.ts';

/** Whose API a request speaks. */
export type Vendor = 'openai' | 'anthropic';

const openaiTypes: { readonly [kind in FaultKind]: string } = {
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  permission: 'permission_error',
  'not-found': 'invalid_request_error',
  'too-large': 'invalid_request_error',
  timeout: 'server_error',
  'rate-limit': 'rate_limit_error',
  quota: 'insufficient_quota',
  overloaded: 'server_error',
  upstream: 'server_error',
  internal: 'server_error',
};

const anthropicTypes: { readonly [kind in FaultKind]: string } = {
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  permission: 'permission_error',
  'not-found': 'not_found_error',
  'too-large': 'request_too_large',
  timeout: 'timeout_error',
  'rate-limit': 'rate_limit_error',
  quota: 'rate_limit_error',
  overloaded: 'overloaded_error',
  upstream: 'api_error',
  internal: 'api_error',
};

/** Anthropic's own status for overload. */
const anthropicOverloaded = 529;

/** The body of an error in a vendor's shape. */
export function toErrorBody(vendor: Vendor, error: GatewayError): object {
  const { kind, message, param, code } = error;
  if (vendor === 'openai') return { error: { message, type: openaiTypes[kind], param: param ?? null, code: code ?? null } };
  return { type: 'error', error: { type: anthropicTypes[kind], message }, request_id: null };
}

/** The status a vendor would answer with. */
export function toStatus(vendor: Vendor, error: GatewayError): number {
  return vendor === 'anthropic' && error.kind === 'overloaded' ? anthropicOverloaded : error.status;
}

/** The error as the last event of a stream in a vendor's shape. */
export function toErrorFrame(vendor: Vendor, error: GatewayError): string {
  const data = JSON.stringify(toErrorBody(vendor, error));
  return vendor === 'openai' ? `data: ${data}\n\n` : `event: error\ndata: ${data}\n\n`;
}
