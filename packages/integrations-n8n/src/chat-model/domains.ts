import type { Domain } from '@cascadeflow/contract';

/** Domains that a port or a policy can be given to, as n8n shows them. */
export const domainOptions = [
  { name: 'Code', value: 'code' },
  { name: 'Conversation', value: 'conversation' },
  { name: 'Creative Writing', value: 'creative' },
  { name: 'Data Analysis', value: 'data' },
  { name: 'Financial', value: 'financial' },
  { name: 'General', value: 'general' },
  { name: 'Legal', value: 'legal' },
  { name: 'Math', value: 'math' },
  { name: 'Medical', value: 'medical' },
  { name: 'Questions on Documents', value: 'rag' },
  { name: 'Science', value: 'science' },
  { name: 'Structured Output', value: 'structured' },
  { name: 'Summary', value: 'summary' },
  { name: 'Tool Use', value: 'tool' },
  { name: 'Translation', value: 'translation' },
] as const satisfies readonly { readonly name: string; readonly value: Domain }[];

/** The same as an input says it. n8n leaves 48 pixels for each input of a node, some seven letters; longer ones lie over each other. */
export const domainPorts: Readonly<Record<(typeof domainOptions)[number]['value'], string>> = {
  code: 'Code', conversation: 'Chat', creative: 'Writing', data: 'Data', financial: 'Finance', general: 'General', legal: 'Legal', math: 'Math', medical: 'Medical', rag: 'Docs', science: 'Science', structured: 'JSON', summary: 'Summary', tool: 'Tools', translation: 'Transl.',
};
