import type { Gateway } from '@cascadeflow/gateway';
import { getRequestListener } from '@hono/node-server';
import express, { type Express } from 'express';

// #region mount
/** An Express application with the gateway under `/ai`. Mount it before `express.json()`: the gateway reads bodies itself. */
export function createApp(gateway: Gateway): Express {
  const app = express();
  app.use('/ai', getRequestListener(gateway.fetch, { overrideGlobalObjects: false }));
  app.use(express.json());
  app.get('/', (_request, response) => void response.send('The application.'));
  return app;
}
// #endregion mount
