import { domainPorts } from './domains.ts';

/** The inputs in their order: those that are always there come first, so that connections stay where they are when others appear. */
export function portNames(parameters: { readonly secondDrafter?: unknown; readonly domainRouting?: unknown; readonly domains?: unknown }): string[] {
  const { secondDrafter, domainRouting, domains } = parameters;
  const special = domainRouting === true && Array.isArray(domains) ? (domains as readonly string[]) : [];
  const portOf = (domain: string): string => (Object.hasOwn(domainPorts, domain) ? domainPorts[domain as keyof typeof domainPorts] : domain);
  return ['Drafter', 'Verifier', ...(secondDrafter === true ? ['Second'] : []), ...special.map(portOf)];
}

/**
 * The same as an expression, which n8n evaluates in its editor as well. Every input that shows must be connected, so that the models n8n
 * hands over can be told apart by their order. No two braces may stand together within it: they would end the expression.
 */
export const portsExpression = `={{ ((parameters) => {
  const names = ['Drafter', 'Verifier'];
  if (parameters.secondDrafter === true) names.push('Second');
  const ports = ${JSON.stringify(domainPorts)};
  if (parameters.domainRouting === true && Array.isArray(parameters.domains)) parameters.domains.forEach((domain) => names.push(ports[domain] || domain));
  return names.map((displayName) => ({ type: 'ai_languageModel', displayName, required: true, maxConnections: 1 }));
})($parameter) }}`;
