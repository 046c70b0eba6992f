/** Stands in for n8n's own package in unit tests: just what the nodes use, with what a test wants to see. The real one runs in `pnpm test:n8n`. */
import type { INode } from 'n8n-workflow';

export const NodeConnectionTypes = { Main: 'main', AiLanguageModel: 'ai_languageModel', AiTool: 'ai_tool' } as const;

interface Options {
  readonly itemIndex?: number;
  readonly description?: string;
  readonly message?: string;
  readonly httpCode?: string;
}

class NodeError extends Error {
  readonly node: INode;
  readonly description: string | undefined;
  readonly context: { readonly itemIndex?: number };

  constructor(node: INode, message: string, { itemIndex, description }: Options) {
    super(message);
    this.node = node;
    this.description = description;
    this.context = itemIndex === undefined ? {} : { itemIndex };
  }
}

export class NodeOperationError extends NodeError {
  constructor(node: INode, error: Error | string, options: Options = {}) {
    super(node, options.message ?? (typeof error === 'string' ? error : error.message), options);
    this.name = 'NodeOperationError';
  }
}

export class NodeApiError extends NodeError {
  readonly httpCode: string | undefined;

  constructor(node: INode, error: { readonly message?: string }, options: Options = {}) {
    super(node, options.message ?? error.message ?? 'failed', options);
    this.name = 'NodeApiError';
    this.httpCode = options.httpCode;
  }
}

/** How long was slept, in the order of the calls; nobody waits in a test. */
export const slept: number[] = [];

export async function sleep(ms: number): Promise<void> {
  slept.push(ms);
}
