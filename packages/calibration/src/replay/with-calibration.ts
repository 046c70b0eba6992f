import { type Calibration, calibrateRoute, calibrateVerdict, type Judge, type Route, type Router } from '@cascadeflow/contract';

/** A judge whose verdicts are corrected by a calibration. A judge that learns goes on learning. */
export function withCalibration(judge: Judge, calibration: Calibration): Judge {
  const calibrated: Judge = (input) => {
    const verdict = judge(input);
    return 'then' in verdict ? verdict.then((each) => calibrateVerdict(calibration, input, each)) : calibrateVerdict(calibration, input, verdict);
  };
  if (judge.learn !== undefined) calibrated.learn = (outcome) => judge.learn?.(outcome);
  return calibrated;
}

/** A router whose plans know their chance of acceptance, and go direct where drafts do not pay. */
export function withCalibratedRoutes(router: Router, calibration: Calibration): Router {
  const correct = (route: Route | undefined) => (route === undefined ? undefined : calibrateRoute(calibration, route));
  return (input) => {
    const route = router(input);
    return route !== undefined && 'then' in route ? route.then(correct) : correct(route);
  };
}
