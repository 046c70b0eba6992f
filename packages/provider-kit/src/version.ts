/** How cascadeflow introduces itself to servers, in the `User-Agent` header. */
export const userAgent = 'cascadeflow/0.1.0';
