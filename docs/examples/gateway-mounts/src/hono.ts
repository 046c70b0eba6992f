import type { Gateway } from '@cascadeflow/gateway';
import { Hono } from 'hono';

// #region mount
/** A Hono application with the gateway under `/ai`: clients use the base URL `https://…/ai/v1`. */
export function createApp(gateway: Gateway): Hono {
  const app = new Hono();
  app.get('/', (context) => context.text('The application.'));
  app.mount('/ai', gateway.fetch);
  return app;
}
// #endregion mount
