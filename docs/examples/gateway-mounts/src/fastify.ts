import type { Gateway } from '@cascadeflow/gateway';
import { getRequestListener } from '@hono/node-server';
import createFastify, { type FastifyInstance } from 'fastify';

// #region mount
/** A Fastify application with the gateway under `/ai`. */
export function createApp(gateway: Gateway): FastifyInstance {
  const answer = getRequestListener(gateway.fetch, { overrideGlobalObjects: false });
  const app = createFastify();
  app.get('/', () => 'The application.');
  app.register(async (scope) => {
    // The gateway reads bodies itself, under its own limits.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/ai/*', async (request, reply) => {
      reply.hijack();
      request.raw.url = request.url.slice('/ai'.length);
      await answer(request.raw, reply.raw);
    });
  });
  return app;
}
// #endregion mount
