import { z } from 'zod';

/** What a client may leave out or send as null. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

const textPart = z.looseObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: optional(z.object({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })),
});
const refusalPart = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });
const imagePart = z.looseObject({
  type: z.literal('image_url'),
  image_url: z.looseObject({
    url: z.string().regex(/^(?:https?:\/\/|data:image\/)/, 'must be an http(s) address or a data: URL of an image'),
    detail: z.enum(['auto', 'low', 'high']).optional(),
  }),
});

export const texts = z.union([z.string(), z.array(textPart).min(1)]);
const toolCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
});

export const systemMessage = z.looseObject({ role: z.enum(['system', 'developer']), content: texts, name: optional(z.string()) });
export const userMessage = z.looseObject({
  role: z.literal('user'),
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart])).min(1)]),
  name: optional(z.string()),
});
export const assistantMessage = z.looseObject({
  role: z.literal('assistant'),
  content: optional(z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, refusalPart]))])),
  refusal: optional(z.string()),
  tool_calls: optional(z.array(toolCall)),
  name: optional(z.string()),
});
export const toolMessage = z.looseObject({ role: z.literal('tool'), tool_call_id: z.string().min(1), content: texts });

const message = z.discriminatedUnion('role', [systemMessage, userMessage, assistantMessage, toolMessage]);

const schemaDocument = z.record(z.string(), z.unknown());

const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or dashes'),
    description: optional(z.string()),
    parameters: optional(schemaDocument),
    strict: optional(z.boolean()),
  }),
});

const responseFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({ name: z.string().min(1), description: optional(z.string()), schema: schemaDocument, strict: optional(z.boolean()) }),
  }),
]);

/** A request of Chat Completions without its nulls: the fields the gateway translates. Others are kept and passed on or named. */
export const chatSchema = z.looseObject({
  model: z.string().min(1).max(256),
  messages: z.array(message).min(1),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: optional(z.boolean()) }).optional(),
  n: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().gt(0).max(1).optional(),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  stop: z.union([z.string(), z.array(z.string())]).optional(),
  seed: z.int().optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.int().min(0).max(20).optional(),
  user: z.string().optional(),
  reasoning_effort: z.string().optional(),
  tools: z.array(tool).optional(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) })]).optional(),
  parallel_tool_calls: z.boolean().optional(),
  response_format: responseFormat.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  modalities: z.array(z.literal('text', 'only text is answered')).min(1).optional(),
  functions: z.undefined('functions are retired; use tools').optional(),
  function_call: z.undefined('function_call is retired; use tool_choice').optional(),
});

/** A parsed request of Chat Completions. */
export type ChatBody = z.output<typeof chatSchema>;
/** One message of it. */
export type ChatMessageBody = ChatBody['messages'][number];
