import manifest from '../../package.json' with { type: 'json' };
import type { Finding } from './finding.ts';

/** Whether everything this package needs can be found, the vendors' SDKs included. `resolve` throws for what cannot. */
export function checkPackages(resolve: (name: string) => unknown = (name) => import.meta.resolve(name)): Finding[] {
  const names = Object.keys(manifest.dependencies);
  const missing = names.filter((name) => {
    try {
      resolve(name);
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return [{ about: 'packages', level: 'ok', says: `cascadeflow ${manifest.version}, all ${names.length} packages found` }];
  return missing.map((name) => ({ about: 'packages', level: 'fail', says: `${name} cannot be found`, fix: `npm install ${name}` }));
}
