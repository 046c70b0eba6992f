/** The part of n8n's own package that these nodes use. n8n brings it; its licence keeps it out of this repository. */
declare module 'n8n-workflow' {
  export const NodeConnectionTypes: { readonly Main: 'main'; readonly AiLanguageModel: 'ai_languageModel'; readonly AiTool: 'ai_tool' };
  export type NodeConnectionType = (typeof NodeConnectionTypes)[keyof typeof NodeConnectionTypes];
  export interface IDataObject {
    [key: string]: unknown;
  }
  export interface INode {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly [field: string]: unknown;
  }
  export interface INodeExecutionData {
    json: IDataObject;
    pairedItem?: { item: number };
    error?: Error;
  }
  export interface INodeProperties {
    displayName: string;
    name: string;
    type: string;
    default: unknown;
    description?: string;
    hint?: string;
    placeholder?: string;
    required?: boolean;
    noDataExpression?: boolean;
    typeOptions?: IDataObject;
    options?: readonly IDataObject[] | readonly INodeProperties[];
    displayOptions?: { show?: IDataObject; hide?: IDataObject };
  }
  export interface INodeTypeDescription {
    displayName: string;
    name: string;
    icon: { light: string; dark: string };
    group: string[];
    version: number | number[];
    subtitle?: string;
    description: string;
    defaults: { name: string };
    usableAsTool?: true | undefined;
    inputs: string | string[];
    outputs: string[];
    outputNames?: string[];
    credentials?: readonly IDataObject[];
    properties: INodeProperties[];
  }
  export interface INodeType {
    description: INodeTypeDescription;
  }
  export interface ICredentialType {
    name: string;
    displayName: string;
    documentationUrl?: string;
    icon?: { light: string; dark: string };
    properties: INodeProperties[];
    authenticate?: { type: 'generic'; properties: IDataObject };
    test?: { request: IDataObject };
  }
  interface Helpers {
    httpRequestWithAuthentication(this: unknown, credential: string, request: IDataObject): Promise<unknown>;
    returnJsonArray(items: IDataObject[]): INodeExecutionData[];
  }
  interface Context {
    readonly logger: { debug(message: string, facts?: object): void; info(message: string, facts?: object): void; warn(message: string, facts?: object): void };
    readonly helpers: Helpers;
    getNode(): INode;
    getNodeParameter(name: string, itemIndex: number, fallback?: unknown): unknown;
    getCredentials(name: string, itemIndex?: number): Promise<IDataObject>;
    getExecutionId(): string;
    getExecutionCancelSignal?(): AbortSignal | undefined;
  }
  export interface ISupplyDataFunctions extends Context {
    getInputConnectionData(type: NodeConnectionType, itemIndex: number): Promise<unknown>;
  }
  export interface IExecuteFunctions extends Context {
    getInputData(): INodeExecutionData[];
    continueOnFail(): boolean;
  }
  export interface SupplyData {
    response: unknown;
  }
  interface ErrorOptions {
    readonly itemIndex?: number;
    readonly description?: string;
    readonly message?: string;
  }
  export class NodeOperationError extends Error {
    constructor(node: INode, error: Error | string, options?: ErrorOptions);
    description?: string | null;
  }
  export class NodeApiError extends Error {
    constructor(node: INode, error: IDataObject, options?: ErrorOptions & { readonly httpCode?: string });
    description?: string | null;
  }
  export function sleep(ms: number): Promise<void>;
}
