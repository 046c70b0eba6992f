import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'typedoc';

/** TypeDoc plugin: a module goes by its package's name, not by the path of its entry file. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const module of context.project.children ?? []) {
      const [folder, entry] = module.name.split(/\/src(?:\/|$)/);
      try {
        const { name } = JSON.parse(readFileSync(join('packages', folder, 'package.json'), 'utf8'));
        module.name = entry ? `${name}/${entry}` : name;
      } catch {
        app.logger.error(`${module.name} is not the entry of a package`);
      }
    }
  });
}
