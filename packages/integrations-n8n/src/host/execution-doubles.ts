import type { IDataObject, IExecuteFunctions, INodeExecutionData, ISupplyDataFunctions } from 'n8n-workflow';

type Parameters = { readonly [name: string]: unknown };

/** A request that a node sent through n8n's helper. */
export interface SentRequest extends IDataObject {
  readonly credential: string;
}

/** What an execution is made of. */
export interface ExecutionOptions {
  readonly items?: readonly IDataObject[];
  /** Parameters of the node: the same for all items, or by item. */
  readonly parameters?: Parameters | ((itemIndex: number) => Parameters);
  readonly credentials?: IDataObject;
  readonly continueOnFail?: boolean;
  /** Answers what the node sends. */
  respond?(request: SentRequest): unknown;
}

/** What n8n hands to an ordinary node while it runs. */
export function execution(options: ExecutionOptions = {}): IExecuteFunctions & { readonly sent: readonly SentRequest[] } {
  const { items = [{}], parameters = {}, credentials = { url: 'http://127.0.0.1:8787/' }, continueOnFail = false } = options;
  const sent: SentRequest[] = [];
  const input: INodeExecutionData[] = items.map((json) => ({ json }));
  return {
    ...common(parameters),
    sent,
    getInputData: () => input,
    continueOnFail: () => continueOnFail,
    getCredentials: async () => credentials,
    helpers: {
      async httpRequestWithAuthentication(credential, request) {
        const told = { ...request, credential };
        sent.push(told);
        return options.respond?.(told);
      },
      returnJsonArray: (list) => list.map((json) => ({ json })),
    },
  };
}

/** What n8n hands to a sub-node that supplies a model, connected models last first. */
export function supply(parameters: Parameters, connected: readonly unknown[]): ISupplyDataFunctions & { readonly logged: object[] } {
  const logged: object[] = [];
  const { logger } = common(parameters);
  return { ...common(parameters), logged, logger: { ...logger, debug: (_message, facts) => void logged.push(facts ?? {}) }, getInputConnectionData: async () => [...connected].reverse() };
}

function common(parameters: Parameters | ((itemIndex: number) => Parameters)) {
  return {
    logger: { debug() {}, info() {}, warn() {} },
    helpers: { httpRequestWithAuthentication: () => Promise.reject(new Error('nothing may be sent')), returnJsonArray: () => [] },
    getNode: () => ({ id: 'node-1', name: 'CascadeFlow', type: '@cascadeflow/n8n-nodes-cascadeflow.cascadeFlow' }),
    getNodeParameter: (name: string, itemIndex: number, fallback?: unknown) => (typeof parameters === 'function' ? parameters(itemIndex) : parameters)[name] ?? fallback,
    getCredentials: async () => ({}),
    getExecutionId: () => 'execution-1',
    getExecutionCancelSignal: () => undefined,
  };
}
