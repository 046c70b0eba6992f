export { createGateway, type Gateway } from './create-gateway.ts';
export { defaultLimits, type GatewayConfig, type GatewayKey, type GatewayLimits } from './config.ts';
export { createKey, hashKey } from './access/keys.ts';
