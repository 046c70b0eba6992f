import { z } from 'zod';

/** What a client may leave out or send as null. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

const inputText = z.looseObject({ type: z.enum(['input_text', 'output_text', 'text']), text: z.string() });
const refusal = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });
const inputImage = z.looseObject({
  type: z.literal('input_image'),
  image_url: z.string('give the image as image_url; files are not kept here').regex(/^(?:https?:\/\/|data:image\/)/, 'must be an http(s) address or a data: URL of an image'),
  detail: optional(z.enum(['auto', 'low', 'high'])),
});
const part = z.discriminatedUnion('type', [inputText, refusal, inputImage]);

const message = z.looseObject({
  type: optional(z.literal('message')),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(part).min(1)]),
});
const functionCall = z.looseObject({ type: z.literal('function_call'), call_id: z.string().min(1), name: z.string().min(1), arguments: z.string() });
const functionOutput = z.looseObject({ type: z.literal('function_call_output'), call_id: z.string().min(1), output: z.union([z.string(), z.array(inputText).min(1)]) });
const reasoning = z.looseObject({ type: z.literal('reasoning') });

/** One item of a conversation. */
const item = z.union([functionCall, functionOutput, reasoning, message]);

const schemaDocument = z.record(z.string(), z.unknown());

const tool = z.looseObject({
  type: z.literal('function', 'only tools of the type function can be called through the gateway'),
  name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or dashes'),
  description: optional(z.string()),
  parameters: optional(schemaDocument),
  strict: optional(z.boolean()),
});

const format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({ type: z.literal('json_schema'), name: z.string().min(1), schema: schemaDocument, description: optional(z.string()), strict: optional(z.boolean()) }),
]);

const stateless = 'the gateway keeps no conversations; send the whole of it as input';

/** A request of the Responses API: the fields the gateway translates. Others are kept and passed on or named. */
export const responsesSchema = z.looseObject({
  model: z.string().min(1).max(256),
  input: z.union([z.string().min(1), z.array(item).min(1)]),
  instructions: optional(z.string()),
  stream: optional(z.boolean()),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().gt(0).max(1)),
  max_output_tokens: optional(z.int().min(1)),
  top_logprobs: optional(z.int().min(0).max(20)),
  include: optional(z.array(z.string())),
  user: optional(z.string()),
  store: optional(z.boolean()),
  reasoning: optional(z.looseObject({ effort: optional(z.string()) })),
  text: optional(z.looseObject({ format: optional(format) })),
  tools: optional(z.array(tool)),
  tool_choice: optional(z.union([z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.literal('function'), name: z.string() })])),
  parallel_tool_calls: optional(z.boolean()),
  metadata: optional(z.record(z.string(), z.unknown())),
  truncation: optional(z.string()),
  previous_response_id: z.null(stateless).optional(),
  conversation: z.null(stateless).optional(),
  background: optional(z.literal(false, 'the gateway answers at once, never in the background')),
});

/** A parsed request of the Responses API. */
export type ResponsesBody = z.output<typeof responsesSchema>;
/** One item of its input. */
export type ResponsesItem = z.output<typeof item>;
/** One part of a message's content. */
export type ResponsesPart = z.output<typeof part>;
