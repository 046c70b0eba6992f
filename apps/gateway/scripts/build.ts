/** Builds the dashboard where the command looks for it. `pnpm build` does the same for the published package. */
import { buildPage, pageFolder } from '../src/build-page.ts';

await buildPage();
console.log(`The dashboard is in ${pageFolder}`);
