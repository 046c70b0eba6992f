import { z } from 'zod';

const cacheControl = z.looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish().transform((value) => value ?? undefined);

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string(), cache_control: cacheControl });
const imageBlock = z.looseObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('base64'), media_type: z.string().regex(/^image\//, 'must be an image type'), data: z.string().min(1) }),
    z.looseObject({ type: z.literal('url'), url: z.string().regex(/^https?:\/\//, 'must be an http(s) address') }),
  ]),
});
const toolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string().min(1),
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))]).optional(),
  is_error: z.boolean().optional(),
  cache_control: cacheControl,
});
const toolUse = z.looseObject({ type: z.literal('tool_use'), id: z.string().min(1), name: z.string().min(1), input: z.record(z.string(), z.unknown()) });
const thinking = z.looseObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() });
const redacted = z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() });

const texts = z.union([z.string(), z.array(textBlock)]);
const userMessage = z.looseObject({
  role: z.literal('user'),
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock, toolResult])).min(1)]),
});
const assistantMessage = z.looseObject({
  role: z.literal('assistant'),
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, toolUse, thinking, redacted]))]),
});

const tool = z.looseObject({
  type: z.literal('custom', 'only tools of your own are taken, not the vendor\'s built-in ones').nullish(),
  name: z.string().regex(/^[\w-]{1,128}$/, 'must be 1 to 128 letters, digits, underscores or dashes'),
  description: z.string().optional(),
  input_schema: z.record(z.string(), z.unknown()),
});

/** What `count_tokens` is asked about. */
export const countSchema = z.looseObject({
  model: z.string().min(1).max(256),
  messages: z.array(z.discriminatedUnion('role', [userMessage, assistantMessage])).min(1),
  system: texts.optional(),
  tools: z.array(tool).optional(),
});

const single = { disable_parallel_tool_use: z.boolean().optional() };

/** A request of the Messages API: the fields the gateway translates. Others are kept and passed on or named. */
export const messagesSchema = countSchema.extend({
  max_tokens: z.int().min(1),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().gt(0).max(1).optional(),
  stop_sequences: z.array(z.string()).optional(),
  tool_choice: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('auto'), ...single }),
      z.looseObject({ type: z.literal('any'), ...single }),
      z.looseObject({ type: z.literal('none') }),
      z.looseObject({ type: z.literal('tool'), name: z.string(), ...single }),
    ])
    .optional(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).optional(),
  thinking: z.looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive']) }).optional(),
  output_config: z
    .looseObject({ effort: z.string().optional(), format: z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish() })
    .optional(),
});

/** A parsed request of the Messages API. */
export type MessagesBody = z.output<typeof messagesSchema>;
/** A parsed request of `count_tokens`. */
export type CountBody = z.output<typeof countSchema>;
