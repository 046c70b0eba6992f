import { Application } from 'typedoc';

/** A comment stands at the name, or at the signatures of a function or of a type of function. */
function hasComment(reflection) {
  const signatures = [...(reflection.signatures ?? []), ...(reflection.type?.declaration?.signatures ?? [])];
  return reflection.hasComment() || signatures.some((signature) => signature.hasComment());
}

/**
 * TypeDoc plugin: every name that a package exports has a comment. TypeDoc's own check, `notDocumented`, looks at the package at the root alone, and
 * at the members of everything.
 */
export function load(app) {
  app.on(Application.EVENT_VALIDATE_PROJECT, (project) => {
    const modules = project.children ?? [];
    if (modules.length < 2) app.logger.validationWarning('fewer than two packages were found');
    for (const module of modules) {
      for (const name of module.children ?? []) {
        if (!name.isReference() && !hasComment(name)) app.logger.validationWarning(`${module.name}: ${name.name} has no comment`);
      }
    }
  });
}
