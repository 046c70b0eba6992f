import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'typedoc';

/** TypeDoc plugin: a module goes by its package's name, not the path of its entry; a document by its first heading, not its file's name. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const [folder, entry] = module.name.split(/\/src(?:\/|$)/);
      const { name } = JSON.parse(readFileSync(join('packages', folder, 'package.json'), 'utf8'));
      module.name = entry ? `${name}/${entry}` : name;
    }
    for (const document of project.documents ?? []) {
      const [, heading] = /^#\s+(.+)$/m.exec(document.content.map(({ text }) => text).join('')) ?? [];
      if (heading) document.name = heading;
    }
  });
}
