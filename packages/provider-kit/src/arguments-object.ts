/** Parses the arguments of an earlier tool call for wires that want an object; a text that is none is given as the field `arguments`, so that nothing is lost. */
export function toArgumentsObject(text: string, warnings: string[]): object {
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // A draft whose arguments are no JSON is part of the history all the same.
  }
  warnings.push('tool arguments of an earlier answer are not a JSON object and are sent as text');
  return { arguments: text };
}
